package io.trellisdb.coordination;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value under a key.
 *
 * @param revision the commit that wrote it
 * @param value not to be written
 */
public record MetadataRecord(String key, long revision, byte[] value) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetadataRecord record
                && key.equals(record.key)
                && revision == record.revision
                && Arrays.equals(value, record.value);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Long.hashCode(revision);
    }

    @Override
    public String toString() {
        return key + "@" + revision + " (" + value.length + " bytes)";
    }
}
