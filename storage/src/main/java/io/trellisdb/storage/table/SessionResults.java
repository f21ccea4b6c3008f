package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.StoredResultCodec;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of statements by their tokens. Results below a session's lowest unfinished sequence are trimmed with its next
 * entry; a session without entries for {@link #IDLE_MILLIS} of commit time is forgotten.
 *
 * <p>Changed by the partition's writer thread; {@link #find} and {@link #trimmedBelow} are safe everywhere.
 */
final class SessionResults {
    /** How long an idle session's results are kept. */
    static final long IDLE_MILLIS = 10 * 60 * 1000L;

    /** Commit timestamps are hybrid: milliseconds above so many logical bits. */
    private static final int LOGICAL_BITS = 16;
    /** Sessions looked at in one round while looking for idle ones. */
    private static final int EXPIRY_STEP = 64;

    private static final long EXPIRY_INTERVAL_MILLIS = 60 * 1000L;

    private final Keyspace state;
    /** Sessions that are newer here than where they are stored; a record is its own lock. */
    private final ConcurrentMap<Long, SessionRecord> changed = new ConcurrentHashMap<>();

    private long nextExpiryMillis;
    private byte @Nullable [] expiryPosition;

    SessionResults(Keyspace state) {
        this.state = state;
    }

    private static long millis(long commitTimestamp) {
        return commitTimestamp >>> LOGICAL_BITS;
    }

    private static boolean isIdle(SessionRecord session, long nowTimestamp) {
        return millis(nowTimestamp) - millis(session.lastTimestamp()) > IDLE_MILLIS;
    }

    Optional<StoredResult> find(Token token, long nowTimestamp) {
        SessionRecord session = current(token.session());
        if (session == null) {
            return Optional.empty();
        }
        boolean mayBeLarge;
        synchronized (session) {
            if (isIdle(session, nowTimestamp) || token.sequence() < session.trimmedBelow()) {
                return Optional.empty();
            }
            StoredResult count = session.find(token.sequence());
            if (count != null) {
                return Optional.of(count);
            }
            mayBeLarge = session.lowestLarge() != 0;
        }
        byte[] large = mayBeLarge ? state.get(StateKeys.result(token.session(), token.sequence())) : null;
        return Optional.ofNullable(large).map(bytes -> StoredResultCodec.decode(ByteReader.ofStored(bytes)));
    }

    long trimmedBelow(long sessionId, long nowTimestamp) {
        SessionRecord session = current(sessionId);
        if (session == null) {
            return 0;
        }
        synchronized (session) {
            return isIdle(session, nowTimestamp) ? 0 : session.trimmedBelow();
        }
    }

    private @Nullable SessionRecord current(long sessionId) {
        SessionRecord session = changed.get(sessionId);
        return session == null ? load(sessionId) : session;
    }

    /** Sessions that {@link #finish} would store. */
    int unstored() {
        return changed.size();
    }

    private @Nullable SessionRecord load(long sessionId) {
        byte[] bytes = state.get(StateKeys.session(sessionId));
        return bytes == null ? null : SessionRecord.decode(bytes);
    }

    void add(Round round, Token token, StoredResult result, long commitTimestamp) {
        SessionRecord session = changed.get(token.session());
        if (session == null) {
            SessionRecord stored = load(token.session());
            session = stored == null ? new SessionRecord() : stored;
            changed.put(token.session(), session);
        }
        boolean isKept;
        synchronized (session) {
            session.touch(commitTimestamp);
            session.trimBelow(token.lowestUnfinished());
            trimLarge(round, token.session(), session, session.trimmedBelow());
            isKept = session.add(token.sequence(), result);
            if (!isKept) {
                session.addLarge(token.sequence());
            }
        }
        if (!isKept) {
            ByteWriter out = new ByteWriter();
            StoredResultCodec.encode(out, result);
            round.put(state, StateKeys.result(token.session(), token.sequence()), out.toByteArray());
        }
    }

    private void trimLarge(Round round, long sessionId, SessionRecord session, long below) {
        if (session.lowestLarge() == 0 || session.lowestLarge() >= below) {
            return;
        }
        List<byte[]> trimmed = new ArrayList<>();
        long lowestKept = 0;
        try (KeyCursor cursor = state.cursor()) {
            boolean isThere = cursor.seek(StateKeys.result(sessionId, session.lowestLarge()));
            while (isThere && isResultOf(cursor.key(), sessionId)) {
                long sequence = ByteReader.ofStored(cursor.key(), 1 + Long.BYTES, Long.BYTES)
                        .readLong();
                if (sequence >= below) {
                    lowestKept = sequence;
                    break;
                }
                trimmed.add(cursor.key());
                isThere = cursor.next();
            }
        }
        trimmed.forEach(key -> round.delete(state, key));
        session.lowestLarge(lowestKept);
    }

    private static boolean isResultOf(byte[] key, long sessionId) {
        byte[] first = StateKeys.result(sessionId, 0);
        return key.length == first.length && java.util.Arrays.equals(key, 0, 1 + Long.BYTES, first, 0, 1 + Long.BYTES);
    }

    /** Stores what changed since it was called last, and forgets a few idle sessions. */
    void finish(Round round, long nowTimestamp) {
        if (millis(nowTimestamp) >= nextExpiryMillis) {
            expire(round, nowTimestamp);
        }
        for (Map.Entry<Long, SessionRecord> session : changed.entrySet()) {
            round.put(
                    state,
                    StateKeys.session(session.getKey()),
                    session.getValue().encode());
        }
        changed.clear();
    }

    private void expire(Round round, long nowTimestamp) {
        List<Long> idle = new ArrayList<>();
        byte[] from = expiryPosition == null ? StateKeys.first(StateKeys.SESSION) : expiryPosition;
        expiryPosition = null;
        try (KeyCursor cursor = state.cursor()) {
            boolean isThere = cursor.seek(from);
            for (int i = 0; isThere && StateKeys.isOf(StateKeys.SESSION, cursor.key()); i++) {
                if (i == EXPIRY_STEP) {
                    expiryPosition = cursor.key();
                    break;
                }
                long sessionId =
                        ByteReader.ofStored(cursor.key(), 1, Long.BYTES).readLong();
                if (!changed.containsKey(sessionId) && isIdle(SessionRecord.decode(cursor.value()), nowTimestamp)) {
                    idle.add(sessionId);
                }
                isThere = cursor.next();
            }
        }
        for (long sessionId : idle) {
            forget(round, sessionId);
        }
        if (expiryPosition == null) {
            nextExpiryMillis = millis(nowTimestamp) + EXPIRY_INTERVAL_MILLIS;
        }
    }

    private void forget(Round round, long sessionId) {
        SessionRecord session = load(sessionId);
        if (session != null) {
            trimLarge(round, sessionId, session, Long.MAX_VALUE);
            round.delete(state, StateKeys.session(sessionId));
        }
    }
}
