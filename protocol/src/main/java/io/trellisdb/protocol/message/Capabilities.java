package io.trellisdb.protocol.message;

/** Bits by which both sides say what they can do beyond the protocol's version. An unknown bit is ignored. */
public final class Capabilities {
    /** Understands {@link Response.TableChanged} notices. */
    public static final long TABLE_NOTICES = 1;

    private Capabilities() {}
}
