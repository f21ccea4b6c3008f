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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<Long, SessionRecord> changed = new HashMap<>();
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
        SessionRecord session = load(token.session());
        if (session == null || isIdle(session, nowTimestamp) || token.sequence() < session.trimmedBelow()) {
            return Optional.empty();
        }
        StoredResult count = session.find(token.sequence());
        if (count != null) {
            return Optional.of(count);
        }
        byte[] large =
                session.lowestLarge() == 0 ? null : state.get(StateKeys.result(token.session(), token.sequence()));
        return Optional.ofNullable(large).map(bytes -> StoredResultCodec.decode(ByteReader.ofStored(bytes)));
    }

    long trimmedBelow(long sessionId, long nowTimestamp) {
        SessionRecord session = load(sessionId);
        return session == null || isIdle(session, nowTimestamp) ? 0 : session.trimmedBelow();
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
        session.touch(commitTimestamp);
        session.trimBelow(token.lowestUnfinished());
        trimLarge(round, token.session(), session, session.trimmedBelow());
        if (!session.add(token.sequence(), result)) {
            session.addLarge(token.sequence());
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

    /** Stores what changed in this round and forgets a few idle sessions. */
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
