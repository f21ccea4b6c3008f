package io.trellisdb.server.session;

import io.trellisdb.protocol.message.SessionKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.function.LongConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues session keys whose secret half is an HMAC of the id under the cluster's secret, so that a session can be resumed,
 * with its tokens, at a node that has never seen it or was restarted.
 */
public final class SessionKeys {
    /** Bytes of the cluster's secret. */
    public static final int SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;
    private final SecureRandom random;
    private final LongConsumer issued;

    /**
     * @param secret kept with the cluster's metadata, the same on all nodes
     * @param issued told the id of each new session before anybody else knows it
     */
    public SessionKeys(byte[] secret, SecureRandom random, LongConsumer issued) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("secret has another length: " + secret.length);
        }
        this.secret = secret.clone();
        this.random = random;
        this.issued = issued;
    }

    /** A key for a new session; its id is positive, so that KILL can name it. */
    public SessionKey issue() {
        long id = Math.max(1, random.nextLong() >>> 1);
        issued.accept(id);
        return keyOf(id);
    }

    /** Whether the key was issued in this cluster; compared in constant time. */
    public boolean isGenuine(SessionKey key) {
        SessionKey expected = keyOf(key.session());
        return MessageDigest.isEqual(bytes(expected), bytes(key));
    }

    private SessionKey keyOf(long id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            ByteBuffer digest = ByteBuffer.wrap(
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
            return new SessionKey(id, digest.getLong(), digest.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(SessionKey key) {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(key.session())
                .putLong(key.secretHigh())
                .putLong(key.secretLow())
                .array();
    }
}
