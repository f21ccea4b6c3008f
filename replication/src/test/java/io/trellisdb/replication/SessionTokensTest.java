package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.token.Token;
import io.trellisdb.replication.SessionTokens.Verdict;
import org.junit.jupiter.api.Test;

final class SessionTokensTest {
    private final SessionTokens tokens = new SessionTokens(16);

    @Test
    void anythingOfASessionFromBeforeAStartMayBeARepetition() {
        assertEquals(Verdict.PERHAPS_REPEATED, tokens.admit(new Token(1, 5, 5)));
        assertEquals(Verdict.PERHAPS_REPEATED, tokens.admit(new Token(1, 6, 5)));
    }

    @Test
    void higherSequenceOfASessionKnownFromItsBeginningIsNew() {
        tokens.begin(1);

        assertEquals(Verdict.FIRST, tokens.admit(new Token(1, 1, 1)));
        assertEquals(Verdict.FIRST, tokens.admit(new Token(1, 9, 1)));
        assertEquals(Verdict.PERHAPS_REPEATED, tokens.admit(new Token(1, 7, 1)));
        assertEquals(Verdict.PERHAPS_REPEATED, tokens.admit(new Token(1, 9, 1)));
    }

    @Test
    void sequenceBelowTheLowestUnfinishedIsForgotten() {
        tokens.admit(new Token(1, 5, 1));
        tokens.admit(new Token(1, 6, 6));

        assertEquals(Verdict.FORGOTTEN, tokens.admit(new Token(1, 5, 1)));
    }

    @Test
    void sessionsBeyondTheBoundAreLookedUpAgain() {
        tokens.begin(16);
        for (long session = 2; session < 20; session++) {
            tokens.admit(new Token(session * 16, 1, 1));
        }

        assertEquals(Verdict.PERHAPS_REPEATED, tokens.admit(new Token(16, 6, 6)));
    }
}
