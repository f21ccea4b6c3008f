package io.trellisdb.common.codec;

/** Counts what the compact forms of one batch, or of all values of one descriptor, add to its size in memory; encoder and decoder count alike. */
final class Expansion {
    private long used;

    /** Whether a compact form may be used for something that takes so many bytes when decoded. */
    boolean allows(long bytes) {
        if (used + bytes > BatchCodec.MAX_EXPANSION) {
            return false;
        }
        used += bytes;
        return true;
    }

    /** Fails, before memory is taken, where the encoder would not have used a compact form. */
    void charge(ByteReader in, long bytes) {
        if (!allows(bytes)) {
            throw in.failure("batch expands beyond its limit: " + BatchCodec.MAX_EXPANSION + " bytes");
        }
    }
}
