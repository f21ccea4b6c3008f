package io.trellisdb.storage.keyspace;

import org.jspecify.annotations.Nullable;

/** One ordered map of bytes. Arrays that it returns may be shared and must not be written. */
public interface Keyspace {
    byte @Nullable [] get(byte[] key);

    boolean contains(byte[] key);

    /** A cursor that stands nowhere yet. */
    KeyCursor cursor();

    /** A cursor that need not know values: those of its entries may be empty. */
    default KeyCursor keyCursor() {
        return cursor();
    }
}
