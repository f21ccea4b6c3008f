package io.trellisdb.sql.planning;

import java.nio.charset.StandardCharsets;
import java.text.CollationKey;
import java.text.Collator;
import java.util.Arrays;
import java.util.Locale;
import org.apache.calcite.sql.SqlCollation;

/** The order of strings by their UTF-8 bytes, so that literals compare in plans as values compare in rows. */
final class Utf8Collation extends SqlCollation {
    static final Utf8Collation INSTANCE = new Utf8Collation();

    private static final long serialVersionUID = 1L;

    private Utf8Collation() {
        super(Coercibility.IMPLICIT, Locale.ROOT, StandardCharsets.UTF_8, "binary");
    }

    @Override
    public Collator getCollator() {
        return ByteOrder.INSTANCE;
    }

    private static final class ByteOrder extends Collator {
        static final ByteOrder INSTANCE = new ByteOrder();

        @Override
        public int compare(String left, String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public CollationKey getCollationKey(String source) {
            throw new UnsupportedOperationException("strings are compared directly");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByteOrder;
        }

        @Override
        public int hashCode() {
            return ByteOrder.class.hashCode();
        }
    }
}
