package io.trellisdb.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of encoded keys: {@code from} is included, {@code to} is not; null means no bound.
 * Encoders use {@code KeyCodec.successor} to turn "everything with this prefix" into a range.
 */
public record KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
    public static final KeyRange ALL = new KeyRange(null, null);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRange range && Arrays.equals(from, range.from) && Arrays.equals(to, range.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        return "KeyRange[" + Arrays.toString(from) + ", " + Arrays.toString(to) + ")";
    }
}
