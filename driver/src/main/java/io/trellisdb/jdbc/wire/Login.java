package io.trellisdb.jdbc.wire;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.jdbc.url.ConnectionProperty;
import io.trellisdb.jdbc.url.ConnectionUrl;
import io.trellisdb.jdbc.url.DriverVersion;
import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Capabilities;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.scram.ScramClient;
import java.io.IOException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The first frames of a channel, up to {@code Welcome}. Confined to one thread. */
final class Login {
    private final ConnectionUrl url;
    private final String database;
    private final @Nullable SessionKey resume;
    private final SecureRandom random;
    private final int timeoutMillis;

    Login(ConnectionUrl url, String database, @Nullable SessionKey resume, SecureRandom random, int timeoutMillis) {
        this.url = url;
        this.database = database;
        this.resume = resume;
        this.random = random;
        this.timeoutMillis = timeoutMillis;
    }

    /** Logs in; the caller closes the channel if this fails. */
    Link run(FrameChannel channel, @Nullable HostPort host, LinkOwner owner) throws IOException, ServerFailure {
        long id = 1;
        Response answer = ask(
                channel,
                id,
                new Request.Hello(
                        FrameCodec.VERSION,
                        FrameCodec.VERSION,
                        DriverVersion.NAME + " " + DriverVersion.text(),
                        url.user(),
                        database,
                        Capabilities.TABLE_NOTICES,
                        resume));
        ScramClient scram = null;
        if (answer instanceof Response.AuthenticationRequired required) {
            scram = scram(required);
            answer = ask(channel, ++id, new Request.Authenticate(ScramClient.MECHANISM, scram.firstMessage()));
            if (!(answer instanceof Response.AuthenticationStep step)) {
                throw Link.unexpected(answer);
            }
            byte[] proof = scram.finalMessage(step.message());
            answer = ask(channel, ++id, new Request.Authenticate(ScramClient.MECHANISM, proof));
        }
        if (!(answer instanceof Response.Welcome welcome)) {
            throw Link.unexpected(answer);
        }
        if (scram != null) {
            scram.verify(welcome.authenticationEnd());
        }
        if (welcome.protocolVersion() != FrameCodec.VERSION) {
            throw new IOException("server speaks another protocol version: " + welcome.protocolVersion());
        }
        return new Link(channel, host, welcome, id, owner);
    }

    private ScramClient scram(Response.AuthenticationRequired required) {
        if (!required.mechanisms().contains(ScramClient.MECHANISM)) {
            throw new TrellisException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "server offers no way to log in that this driver knows: " + required.mechanisms());
        }
        String password = url.value(ConnectionProperty.PASSWORD);
        if (password.isEmpty()) {
            throw new TrellisException(ErrorCode.INVALID_PASSWORD, "server asks for a password: user " + url.user());
        }
        return new ScramClient(url.user(), password, ScramClient.newNonce(random));
    }

    private Response ask(FrameChannel channel, long id, Request request) throws IOException, ServerFailure {
        channel.send(FrameCodec.encode(new RequestFrame(id, 0, timeoutMillis, request)));
        while (true) {
            ResponseFrame frame = FrameCodec.decodeResponse(channel.receive(timeoutMillis));
            if (frame.response() instanceof Response.Failure failure) {
                throw new ServerFailure(failure);
            } else if (!(frame.response() instanceof Response.Notice)) {
                return frame.response();
            }
        }
    }
}
