package io.trellisdb.jdbc.wire;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.ConnectionProperty;
import io.trellisdb.jdbc.url.ConnectionTarget;
import io.trellisdb.jdbc.url.ConnectionUrl;
import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.SessionKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens links: shuffles the hosts it may use, prefers those that answered lately, and logs in. Guarded by the session's lock. */
final class Connector {
    private final ConnectionUrl url;
    private final HostMemory memory;
    private final SecureRandom random;
    private final int connectTimeoutMillis;

    Connector(ConnectionUrl url, HostMemory memory, SecureRandom random) throws SQLException {
        this.url = url;
        this.memory = memory;
        this.random = random;
        this.connectTimeoutMillis =
                (int) url.duration(ConnectionProperty.CONNECT_TIMEOUT).toMillis();
    }

    /**
     * Opens a link to the first host that answers.
     *
     * @param known nodes that the cluster has named, beside those of the URL
     * @param preferred tried before all others, or null
     * @param avoided tried after all others, or null
     * @throws IOException if no host answers; its message names them all
     * @throws SQLException if a server refuses the login for good
     */
    Link open(
            List<NodeAddress> known,
            @Nullable HostPort preferred,
            @Nullable HostPort avoided,
            String database,
            @Nullable SessionKey resume,
            LinkOwner owner)
            throws IOException, SQLException {
        Login login = new Login(url, database, resume, random, connectTimeoutMillis);
        if (url.target() instanceof ConnectionTarget.Embedded embedded) {
            FrameChannel channel = EmbeddedFrames.open(embedded);
            return finish(login, channel, null, owner);
        }
        StringBuilder failures = new StringBuilder();
        IOException last = null;
        for (HostPort host : candidates(known, preferred, avoided)) {
            try {
                Link link = finish(login, SocketChannelFrames.connect(host, connectTimeoutMillis), host, owner);
                memory.allow(host);
                return link;
            } catch (IOException e) {
                memory.deny(host);
                failures.append(failures.isEmpty() ? "" : "; ")
                        .append(host)
                        .append(" (")
                        .append(e.getMessage())
                        .append(')');
                last = e;
            }
        }
        throw new IOException("no server answers: " + failures, last);
    }

    private static Link finish(Login login, FrameChannel channel, @Nullable HostPort host, LinkOwner owner)
            throws IOException, SQLException {
        boolean isDone = false;
        try {
            Link link = login.run(channel, host, owner);
            isDone = true;
            return link;
        } catch (ServerFailure e) {
            if (e.failure().retryable()) {
                throw new IOException(e.failure().message(), e);
            }
            throw SqlErrors.of(e.failure());
        } catch (TrellisException e) {
            if (e.code() == ErrorCode.PROTOCOL_VIOLATION) {
                throw new IOException(e.getMessage(), e);
            }
            throw SqlErrors.of(e);
        } finally {
            if (!isDone) {
                channel.close();
            }
        }
    }

    private List<HostPort> candidates(
            List<NodeAddress> known, @Nullable HostPort preferred, @Nullable HostPort avoided) {
        List<HostPort> listed = new ArrayList<>();
        if (url.target() instanceof ConnectionTarget.Hosts hosts) {
            listed.addAll(hosts.hosts());
        }
        for (NodeAddress node : known) {
            listed.add(new HostPort(node.host(), node.port()));
        }
        Collections.shuffle(listed, new Random(random.nextLong()));
        listed.sort((a, b) -> Boolean.compare(memory.isDenied(a), memory.isDenied(b)));
        Set<HostPort> ordered = new LinkedHashSet<>();
        if (preferred != null) {
            ordered.add(preferred);
        }
        ordered.addAll(listed);
        if (avoided != null && ordered.remove(avoided)) {
            ordered.add(avoided);
        }
        return List.copyOf(ordered);
    }

    /** A channel for one message, such as a cancel, to where a link leads. */
    FrameChannel openBeside(@Nullable HostPort address) throws IOException, SQLException {
        if (url.target() instanceof ConnectionTarget.Embedded embedded) {
            return EmbeddedFrames.open(embedded);
        }
        if (address == null) {
            throw new IOException("no server is connected");
        }
        return SocketChannelFrames.connect(address, connectTimeoutMillis);
    }

    /** Whether the server at an address answers at all: it is asked to cancel a session that nobody has. */
    boolean isAlive(HostPort address) {
        SessionKey nobody = new SessionKey(1, random.nextLong(), random.nextLong());
        try (FrameChannel channel = SocketChannelFrames.connect(address, connectTimeoutMillis)) {
            channel.send(FrameCodec.encode(new RequestFrame(1, 0, connectTimeoutMillis, new Request.Cancel(nobody))));
            channel.receive(connectTimeoutMillis);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
