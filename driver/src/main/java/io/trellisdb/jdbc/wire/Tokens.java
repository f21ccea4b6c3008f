package io.trellisdb.jdbc.wire;

import io.trellisdb.common.token.Token;
import java.util.TreeSet;

/** Numbers a session's changing statements. Guarded by the session's lock. */
final class Tokens {
    private long session;
    private long next = 1;
    /** Sequences without an answer; as many as requests are sent ahead, see {@code Session.MAX_AHEAD}. */
    private final TreeSet<Long> unfinished = new TreeSet<>();

    Tokens(long session) {
        this.session = session;
    }

    /** A token for {@code count} statements: its sequence and the numbers after it. */
    Token take(int count) {
        long sequence = next;
        next += count;
        unfinished.add(sequence);
        return new Token(session, sequence, unfinished.first());
    }

    /** The statement was answered, or nobody will ask for it again. */
    void finish(Token token) {
        if (token.session() == session) {
            unfinished.remove(token.sequence());
        }
    }

    /** Goes on under another session; what was unfinished stays unknown. */
    void restart(long newSession) {
        if (newSession != session) {
            session = newSession;
            next = 1;
            unfinished.clear();
        }
    }
}
