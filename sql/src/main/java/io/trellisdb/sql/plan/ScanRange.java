package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a key or index that a scan reads: equality on the first columns, then at most one range. Expressions are free
 * of input columns (literals, parameters, outer references, session values) and have the key column's type; a NULL among
 * them means no rows.
 *
 * @param equal the values of the first key columns
 * @param lower the least value of the next key column (in value order, whatever the key's direction), or null
 * @param upper the greatest value of the next key column, or null
 */
public record ScanRange(
        List<Expression> equal,
        @Nullable Expression lower,
        boolean lowerInclusive,
        @Nullable Expression upper,
        boolean upperInclusive) {
    public static final ScanRange ALL = new ScanRange(List.of(), null, false, null, false);

    public ScanRange {
        equal = List.copyOf(equal);
    }

    public boolean isAll() {
        return equal.isEmpty() && lower == null && upper == null;
    }
}
