package io.trellisdb.protocol.message;

/**
 * Names a session and proves that the one who names it owns it.
 *
 * @param session the session's id, never 0; also the session of its tokens
 * @param secretHigh upper half of 128 random bits
 * @param secretLow lower half
 */
public record SessionKey(long session, long secretHigh, long secretLow) {
    public SessionKey {
        if (session == 0) {
            throw new IllegalArgumentException("session is 0");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "session " + Long.toHexString(session);
    }
}
