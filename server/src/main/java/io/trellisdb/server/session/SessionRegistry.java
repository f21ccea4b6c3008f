package io.trellisdb.server.session;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.sql.session.SessionInfo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions of a node. Safe for all threads. */
public final class SessionRegistry {
    private final int maxSessions;
    private final Map<Long, ClientSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean draining;

    public SessionRegistry(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    /** Adds a session, which leaves by itself when it ends; TOO_MANY_CONNECTIONS beyond the bound, SERVER_STOPPING at the end. */
    void add(ClientSession session) {
        if (draining) {
            throw new TrellisException(ErrorCode.SERVER_STOPPING, "the node is stopping: connect to another one");
        }
        if (count.incrementAndGet() > maxSessions) {
            count.decrementAndGet();
            throw new TrellisException(
                    ErrorCode.TOO_MANY_CONNECTIONS, "too many sessions: connections.max is " + maxSessions);
        }
        long id = session.key().session();
        if (sessions.putIfAbsent(id, session) != null) {
            count.decrementAndGet();
            throw new TrellisException(
                    ErrorCode.CONNECTION_REJECTED, "session was resumed by another connection: open a new one");
        }
        session.afterwards(() -> {
            sessions.remove(id, session);
            count.decrementAndGet();
        });
    }

    public Optional<ClientSession> find(long id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** Cancels what the key's session runs; a wrong key does nothing. */
    void cancel(SessionKey key) {
        ClientSession session = sessions.get(key.session());
        if (session != null && session.key().equals(key)) {
            session.cancel();
        }
    }

    /** Ends a session or only its statement; false when there is none of that id. */
    public boolean kill(long id, boolean onlyStatement) {
        ClientSession session = sessions.get(id);
        if (session == null) {
            return false;
        }
        if (onlyStatement) {
            session.cancel();
        } else {
            session.kill();
        }
        return true;
    }

    public List<SessionInfo> infos() {
        return sessions.values().stream().map(ClientSession::info).toList();
    }

    public Collection<ClientSession> sessions() {
        return List.copyOf(sessions.values());
    }

    public int size() {
        return count.get();
    }

    /** From now on no session is taken; those that are here are told. */
    public void drain() {
        draining = true;
        sessions.values().forEach(ClientSession::announceDraining);
    }
}
