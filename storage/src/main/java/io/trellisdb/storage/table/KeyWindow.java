package io.trellisdb.storage.table;

import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.keyspace.KeyCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one slot within a range, walked in either direction in pieces: each piece seeks from where the last one ended,
 * so that no cursor stays open in between. Confined to one thread.
 */
final class KeyWindow {
    private final int slot;
    private final byte[] from;
    /** Not included; null for the end of the slot. */
    private final byte @Nullable [] to;

    private final boolean descending;
    private byte @Nullable [] last;

    KeyWindow(int slot, KeyRange range, boolean descending) {
        this.slot = slot;
        this.from = range.from() == null ? Slots.key(slot) : Slots.key(slot, range.from());
        this.to = range.to() == null ? null : Slots.key(slot, range.to());
        this.descending = descending;
    }

    /** Moves to the first key that was not yet walked. */
    boolean seek(KeyCursor cursor) {
        byte[] after = last;
        boolean isThere;
        if (descending) {
            byte[] upper = after != null ? after : to != null ? to : Slots.key(slot + 1);
            isThere = cursor.seekBelow(upper);
        } else {
            isThere = cursor.seek(after == null ? from : Slots.above(after));
        }
        return isThere && isWithin(cursor.key());
    }

    /** Moves on; the key left behind counts as walked. */
    boolean advance(KeyCursor cursor) {
        last = cursor.key();
        boolean isThere = descending ? cursor.previous() : cursor.next();
        return isThere && isWithin(cursor.key());
    }

    private boolean isWithin(byte[] key) {
        if (descending) {
            return Arrays.compareUnsigned(key, from) >= 0;
        }
        return to == null ? Slots.slot(key) == slot : Arrays.compareUnsigned(key, to) < 0;
    }
}
