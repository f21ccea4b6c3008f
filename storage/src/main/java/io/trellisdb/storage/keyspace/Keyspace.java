package io.trellisdb.storage.keyspace;

import org.jspecify.annotations.Nullable;

/** One ordered map of bytes. Arrays that it returns may be shared and must not be written. */
public interface Keyspace {
    byte @Nullable [] get(byte[] key);

    boolean contains(byte[] key);

    /** A cursor that stands nowhere yet. */
    KeyCursor cursor();
}
