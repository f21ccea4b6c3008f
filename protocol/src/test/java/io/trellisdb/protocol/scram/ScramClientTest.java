package io.trellisdb.protocol.scram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class ScramClientTest {
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CHALLENGE = "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The exchange of RFC 7677, section 3. */
    @Test
    void exchangeOfTheStandardComesOut() {
        ScramClient client = new ScramClient("user", "pencil", NONCE);

        assertEquals("n,,n=user,r=" + NONCE, text(client.firstMessage()));
        assertEquals(
                "c=biws,r=" + SERVER_NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                text(client.finalMessage(bytes(CHALLENGE))));
        client.verify(bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    @Test
    void serverThatDoesNotKnowThePasswordIsRefused() {
        ScramClient client = new ScramClient("user", "pencil", NONCE);
        client.finalMessage(bytes(CHALLENGE));

        refused(() -> client.verify(bytes("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
        refused(() -> client.verify(bytes("v=")));
        refused(() -> client.verify(bytes("e=other-error")));
        refused(() -> client.verify(new byte[0]));
    }

    @Test
    void signatureBeforeTheProofIsRefused() {
        ScramClient client = new ScramClient("user", "pencil", NONCE);

        refused(() -> client.verify(bytes("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
    }

    @Test
    void challengesThatWeakenOrStallAreRefused() {
        for (String challenge : new String[] {
            "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095",
            "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100001",
            "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999",
            "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-1",
            "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=",
            "r=" + SERVER_NONCE + ",s=,i=4096",
            "r=" + SERVER_NONCE + ",s=!!,i=4096",
            "r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "s=W22ZaJ0SNY7soEsUEjb6gQ==,r=" + SERVER_NONCE + ",i=4096",
            "",
        }) {
            refused(() -> new ScramClient("user", "pencil", NONCE).finalMessage(bytes(challenge)));
        }
    }

    @Test
    void nameIsEscapedAndPrepared() {
        assertEquals("n,,n=a=3Db=2Cc,r=x", text(new ScramClient("a=b,c", "p", "x").firstMessage()));
        // RFC 4013: a soft hyphen vanishes, a Roman numeral becomes letters
        assertEquals("n,,n=IXIV,r=x", text(new ScramClient("I\u00ADX\u2163", "p", "x").firstMessage()));
        refused(() -> new ScramClient("a\u0007\u00E9", "p", "x"));
    }

    @Test
    void noncesDifferAndHaveNoComma() {
        SecureRandom random = new SecureRandom();

        String nonce = ScramClient.newNonce(random);

        assertNotEquals(nonce, ScramClient.newNonce(random));
        assertFalse(nonce.contains(","));
        assertEquals(24, nonce.length());
    }

    private static void refused(Runnable step) {
        TrellisException refusal = assertThrows(TrellisException.class, step::run);
        assertEquals(ErrorCode.AUTHENTICATION_FAILED, refusal.code());
    }
}
