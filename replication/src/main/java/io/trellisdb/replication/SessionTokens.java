package io.trellisdb.replication;

import io.trellisdb.common.token.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers each session's latest tokens, so that a first request is not looked up in every partition's store. Only a session
 * known from its beginning can be trusted in this: one that comes from before a start, or was forgotten here, may have sent any
 * sequence already. Bounded: the sessions idle longest are forgotten, which only costs look-ups. Any thread may call it.
 */
final class SessionTokens {
    private static final int STRIPES = 16;

    private final List<Stripe> stripes = new ArrayList<>();

    /** What is known of a token when its request arrives. */
    enum Verdict {
        /** Never seen: it cannot have been executed. */
        FIRST,
        /** It may have been executed: the store knows. */
        PERHAPS_REPEATED,
        /** The session has had its answer and given it up: nobody knows any more. */
        FORGOTTEN
    }

    SessionTokens(int maxSessions) {
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new Stripe(Math.max(1, maxSessions / STRIPES)));
        }
    }

    /** A session that has never sent a token. */
    void begin(long session) {
        stripe(session).begin(session);
    }

    Verdict admit(Token token) {
        return stripe(token.session()).admit(token);
    }

    private Stripe stripe(long session) {
        return stripes.get(Math.floorMod(Long.hashCode(session), STRIPES));
    }

    private record Latest(boolean isWhole, long highestSequence, long lowestUnfinished) {}

    /** Some of the sessions; guarded by itself. */
    private static final class Stripe {
        private final Map<Long, Latest> sessions;

        Stripe(int maxSessions) {
            this.sessions = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Latest> eldest) {
                    return size() > maxSessions;
                }
            };
        }

        synchronized void begin(long session) {
            sessions.putIfAbsent(session, new Latest(true, 0, 1));
        }

        synchronized Verdict admit(Token token) {
            @Nullable Latest before = sessions.get(token.session());
            if (before == null) {
                before = new Latest(false, 0, 1);
            }
            if (token.sequence() < before.lowestUnfinished) {
                return Verdict.FORGOTTEN;
            }
            sessions.put(
                    token.session(),
                    new Latest(
                            before.isWhole,
                            Math.max(before.highestSequence, token.sequence()),
                            Math.max(before.lowestUnfinished, token.lowestUnfinished())));
            boolean isFirst = before.isWhole && token.sequence() > before.highestSequence;
            return isFirst ? Verdict.FIRST : Verdict.PERHAPS_REPEATED;
        }
    }
}
