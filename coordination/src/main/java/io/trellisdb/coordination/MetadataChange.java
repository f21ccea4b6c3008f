package io.trellisdb.coordination;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a commit does to one key. */
public sealed interface MetadataChange {
    String key();

    /** @param value not to be written afterwards */
    record Put(String key, byte[] value) implements MetadataChange {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Put put && key.equals(put.key) && Arrays.equals(value, put.value);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }

        @Override
        public String toString() {
            return "Put[" + key + ", " + value.length + " bytes]";
        }
    }

    /** Absent keys are passed over. */
    record Delete(String key) implements MetadataChange {}
}
