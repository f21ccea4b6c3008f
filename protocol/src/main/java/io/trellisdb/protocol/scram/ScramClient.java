package io.trellisdb.protocol.scram;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One login: {@link #firstMessage}, {@link #finalMessage}, {@link #verify}, in that order and once each. Every failure is
 * AUTHENTICATION_FAILED.
 */
public final class ScramClient {
    /** The mechanism's registered name. */
    public static final String MECHANISM = "SCRAM-SHA-256";
    /** Fewer rounds than this would make a stolen exchange cheap to search (RFC 7677). */
    public static final int MIN_ITERATIONS = 4_096;
    /** More would let a false server keep a client busy. */
    public static final int MAX_ITERATIONS = 100_000;

    private static final String HMAC = "HmacSHA256";
    private static final int NONCE_BYTES = 18;
    private static final int MAX_SALT_BYTES = 1_024;
    /** No channel binding, no authorisation id. */
    private static final String GS2_HEADER = "n,,";

    private final String user;
    private final byte[] password;
    private final String nonce;
    private byte @Nullable [] expectedSignature;

    /** The nonce is printable and without comma; a fresh one for each login. */
    public ScramClient(String user, String password, String nonce) {
        this.user = SaslPreparation.prepare(user).replace("=", "=3D").replace(",", "=2C");
        this.password = SaslPreparation.prepare(password).getBytes(StandardCharsets.UTF_8);
        this.nonce = nonce;
    }

    /** A nonce of 144 random bits. */
    public static String newNonce(SecureRandom random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    public byte[] firstMessage() {
        return (GS2_HEADER + firstBare()).getBytes(StandardCharsets.UTF_8);
    }

    private String firstBare() {
        return "n=" + user + ",r=" + nonce;
    }

    /** Answers the server's first message with the proof. */
    public byte[] finalMessage(byte[] serverFirst) {
        String challenge = new String(serverFirst, StandardCharsets.UTF_8);
        String[] parts = challenge.split(",", -1);
        if (parts.length < 3) {
            throw failure("server's challenge is incomplete");
        }
        String fullNonce = value(parts[0], 'r');
        byte[] salt = decode(value(parts[1], 's'));
        int iterations = iterations(value(parts[2], 'i'));
        if (!fullNonce.startsWith(nonce) || fullNonce.length() == nonce.length()) {
            throw failure("server's nonce does not extend the client's");
        }
        if (salt.length == 0 || salt.length > MAX_SALT_BYTES) {
            throw failure("server's salt has no reasonable length");
        }
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(GS2_HEADER.getBytes(StandardCharsets.UTF_8))
                + ",r=" + fullNonce;
        byte[] signed = (firstBare() + "," + challenge + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
        byte[] salted = saltedPassword(salt, iterations);
        byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.UTF_8));
        byte[] proof = xor(clientKey, hmac(hash(clientKey), signed));
        expectedSignature = hmac(hmac(salted, "Server Key".getBytes(StandardCharsets.UTF_8)), signed);
        return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.UTF_8);
    }

    /** Checks that the server knows the password too. */
    public void verify(byte[] serverFinal) {
        String message = new String(serverFinal, StandardCharsets.UTF_8);
        if (message.startsWith("e=")) {
            throw failure("server refused the login");
        }
        byte[] signature = decode(value(message.split(",", -1)[0], 'v'));
        if (expectedSignature == null || !MessageDigest.isEqual(expectedSignature, signature)) {
            throw failure("server did not prove that it knows the password");
        }
    }

    private static String value(String part, char name) {
        if (part.length() < 2 || part.charAt(0) != name || part.charAt(1) != '=') {
            throw failure("server's message has no attribute where one is due: " + name);
        }
        return part.substring(2);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new TrellisException(ErrorCode.AUTHENTICATION_FAILED, "server's message is not base64", e);
        }
    }

    private static int iterations(String text) {
        int count = 0;
        if (!text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            count = Integer.parseInt(text);
        }
        if (count < MIN_ITERATIONS || count > MAX_ITERATIONS) {
            throw failure("server's iteration count is out of range: " + count + ", allowed are " + MIN_ITERATIONS
                    + " to " + MAX_ITERATIONS);
        }
        return count;
    }

    /** PBKDF2 by hand: the JDK's takes characters where the standard takes bytes. */
    private byte[] saltedPassword(byte[] salt, int iterations) {
        try {
            // an empty key is not accepted, and HMAC pads with zeros anyway
            byte[] key = password.length == 0 ? new byte[1] : password;
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(salt);
            byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
            byte[] result = round.clone();
            for (int i = 1; i < iterations; i++) {
                round = mac.doFinal(round);
                for (int k = 0; k < result.length; k++) {
                    result[k] ^= round[k];
                }
            }
            return result;
        } catch (GeneralSecurityException e) {
            throw noCryptography(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw noCryptography(e);
        }
    }

    private static byte[] hash(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (GeneralSecurityException e) {
            throw noCryptography(e);
        }
    }

    private static byte[] xor(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }

    private static TrellisException failure(String message) {
        return new TrellisException(ErrorCode.AUTHENTICATION_FAILED, message);
    }

    private static IllegalStateException noCryptography(GeneralSecurityException e) {
        return new IllegalStateException("this JVM lacks SHA-256, which every Java platform must have", e);
    }
}
