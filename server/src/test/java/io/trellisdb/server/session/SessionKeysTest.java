package io.trellisdb.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.protocol.message.SessionKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionKeysTest {
    private final List<Long> issued = new ArrayList<>();
    private final SessionKeys keys =
            new SessionKeys(new byte[SessionKeys.SECRET_BYTES], new SecureRandom(), issued::add);

    @Test
    void newSessionsAreAnnouncedAndResumedOnesAreNot() {
        SessionKey first = keys.issue();
        SessionKey second = keys.issue();
        keys.isGenuine(first);

        assertEquals(List.of(first.session(), second.session()), issued);
    }

    @Test
    void onlyIssuedKeysAreGenuine() {
        SessionKey key = keys.issue();

        assertTrue(key.session() > 0);
        assertTrue(keys.isGenuine(key));
        assertFalse(keys.isGenuine(new SessionKey(key.session() + 1, key.secretHigh(), key.secretLow())));
        assertFalse(keys.isGenuine(new SessionKey(key.session(), key.secretHigh(), key.secretLow() + 1)));
    }
}
