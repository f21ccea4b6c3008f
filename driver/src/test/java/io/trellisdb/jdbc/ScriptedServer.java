package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.TransactionState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a scripted server says: logins, transactions, settings and pings by itself, everything else by its script. Remembers
 * every request. The script runs on connections' threads.
 */
final class ScriptedServer {
    /** Answers a request that is about statements. */
    interface Script {
        void answer(Peer peer, RequestFrame frame) throws IOException;
    }

    private final AtomicLong sessions = new AtomicLong(100);
    private final List<Request> received = new CopyOnWriteArrayList<>();
    private volatile Script script;
    private volatile boolean isResuming = true;
    private volatile boolean isDraining;
    private volatile boolean isRefusingSettings;
    private volatile List<NodeAddress> nodes = List.of();

    ScriptedServer(Script script) {
        this.script = script;
    }

    void script(Script newScript) {
        script = newScript;
    }

    /** Forgets sessions of lost connections from now on. */
    void forgetSessions() {
        isResuming = false;
    }

    void refuseSettings() {
        isRefusingSettings = true;
    }

    void drain() {
        isDraining = true;
    }

    void nodes(NodeAddress... newNodes) {
        nodes = List.of(newNodes);
    }

    /** Every request so far, in the order of arrival. */
    List<Request> received() {
        return received;
    }

    <T extends Request> List<T> received(Class<T> kind) {
        return received.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Serves one request; false when the connection is to be closed. */
    boolean serve(Peer peer, RequestFrame frame) throws IOException {
        Request request = frame.request();
        received.add(request);
        if (request instanceof Request.Hello hello) {
            peer.reply(frame, welcome(hello));
        } else if (request instanceof Request.Cancel) {
            script.answer(peer, frame);
            peer.reply(frame, new Response.Done());
            return false;
        } else if (request instanceof Request.Goodbye) {
            return false;
        } else if (request instanceof Request.Ping) {
            peer.reply(frame, new Response.Pong(isDraining));
        } else if (request instanceof Request.SetSession) {
            peer.reply(
                    frame,
                    isRefusingSettings
                            ? Response.Failure.of(ErrorCode.INVALID_PARAMETER, "setting is refused")
                            : new Response.Done());
        } else if (request instanceof Request.Begin) {
            peer.transaction(TransactionState.OPEN);
            peer.reply(frame, new Response.Done());
        } else if (request instanceof Request.Rollback) {
            peer.transaction(TransactionState.NONE);
            peer.reply(frame, new Response.Done());
        } else {
            script.answer(peer, frame);
        }
        return true;
    }

    private Response welcome(Request.Hello hello) {
        SessionKey resumed = hello.resume();
        SessionKey key = resumed != null && isResuming ? resumed : new SessionKey(sessions.incrementAndGet(), 11, 22);
        String database = hello.database().isEmpty() ? "public" : hello.database();
        return new Response.Welcome(
                1,
                "0.1.0",
                key,
                "trellis",
                1,
                0,
                new byte[0],
                Map.of(SessionSetting.DATABASE, database, SessionSetting.TIME_ZONE, "UTC"),
                new PartitionTable(1, nodes, List.of(new PartitionTable.Row(1, 1, List.of()))));
    }
}
