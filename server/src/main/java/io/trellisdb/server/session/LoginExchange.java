package io.trellisdb.server.session;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Capabilities;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.sql.session.SessionState;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection before its session: takes Hello, authentication or Cancel, and nothing else. Called by the connection's
 * reading thread.
 *
 * <p>Clients are trusted: the node only listens on loopback, or where its operator has accepted that. A client that asks to
 * prove itself is told that no mechanism is offered.
 */
public final class LoginExchange {
    private final SessionSurroundings surroundings;
    private final SessionRegistry registry;
    private final ResponseSink sink;
    private final Consumer<ClientSession> welcomed;

    /** @param welcomed is given the session, perhaps on another thread, before the client hears of it */
    public LoginExchange(
            SessionSurroundings surroundings,
            SessionRegistry registry,
            ResponseSink sink,
            Consumer<ClientSession> welcomed) {
        this.surroundings = surroundings;
        this.registry = registry;
        this.sink = sink;
        this.welcomed = welcomed;
    }

    /** Takes one frame; whatever is wrong with it is answered once, and the connection closed. */
    public void receive(RequestFrame frame) {
        try {
            if (frame.request() instanceof Request.Hello hello) {
                hello(frame.id(), hello);
            } else if (frame.request() instanceof Request.Cancel cancel) {
                registry.cancel(cancel.key());
                send(frame.id(), new Response.Done());
                sink.close();
            } else if (frame.request() instanceof Request.Authenticate authenticate) {
                throw new TrellisException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        "authentication mechanism is not offered: " + authenticate.mechanism());
            } else {
                throw new TrellisException(ErrorCode.PROTOCOL_VIOLATION, "the first request must be Hello");
            }
        } catch (TrellisException e) {
            refuse(frame.id(), e);
        }
    }

    /** Answers with a failure and closes the connection; an id that no request can have stands for none. */
    public void refuse(long id, TrellisException failure) {
        surroundings.metrics().refused();
        send(Math.max(0, id), Response.Failure.of(failure));
        sink.close();
    }

    private void hello(long id, Request.Hello hello) {
        if (hello.minVersion() > FrameCodec.VERSION || hello.maxVersion() < FrameCodec.VERSION) {
            throw new TrellisException(
                    ErrorCode.CONNECTION_REJECTED,
                    "protocol version is not spoken here: client " + hello.minVersion() + " to " + hello.maxVersion()
                            + ", server " + FrameCodec.VERSION);
        }
        String database = hello.database().isEmpty() ? DatabaseDescriptor.DEFAULT_NAME : hello.database();
        if (surroundings.services().catalog().findDatabase(database).isEmpty()
                && !database.equals(DatabaseDescriptor.INFORMATION_SCHEMA)) {
            throw new TrellisException(ErrorCode.UNKNOWN_DATABASE, "database does not exist: " + database);
        }
        SessionKey resumed = hello.resume();
        if (resumed == null || !surroundings.keys().isGenuine(resumed)) {
            welcome(id, hello, database, surroundings.keys().issue());
            return;
        }
        // The tokens of the old connection go on under the same id, so nothing of it may still run.
        Optional<ClientSession> old = registry.find(resumed.session());
        if (old.isEmpty()) {
            welcome(id, hello, database, resumed);
            return;
        }
        old.get().close();
        old.get().ended().thenRun(() -> {
            try {
                welcome(id, hello, database, resumed);
            } catch (TrellisException e) {
                refuse(id, e);
            }
        });
    }

    private void welcome(long id, Request.Hello hello, String database, SessionKey key) {
        String user = hello.user().isEmpty() ? "trellis" : hello.user();
        SessionState state = new SessionState(key.session(), user, database);
        state.statementTimeout(surroundings.statementTimeout());
        state.applicationName(hello.clientName());
        ClientSession session = new ClientSession(key, state, surroundings, sink);
        registry.add(session);
        welcomed.accept(session);
        send(
                id,
                new Response.Welcome(
                        FrameCodec.VERSION,
                        surroundings.serverVersion(),
                        key,
                        surroundings.services().clusterName(),
                        surroundings.nodeId(),
                        hello.capabilities() & Capabilities.TABLE_NOTICES,
                        new byte[0],
                        SettingsExchange.read(state),
                        surroundings.services().partitionTable()));
    }

    private void send(long id, Response response) {
        sink.send(new ResponseFrame(
                id,
                surroundings.services().partitionTable().version(),
                surroundings.services().catalog().version(),
                TransactionState.NONE,
                response));
    }
}
