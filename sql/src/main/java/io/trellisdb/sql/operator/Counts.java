package io.trellisdb.sql.operator;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import org.jspecify.annotations.Nullable;

/** The actual numbers of LIMIT and OFFSET. */
final class Counts {
    private Counts() {}

    /** A row count; NULL or absent means {@code absent}. */
    static long of(@Nullable Expression expression, long absent, String clause, EvaluationContext context) {
        if (expression == null) {
            return absent;
        }
        Object value = Evaluator.constantValue(new Cast(expression, DataType.BIGINT, false), context);
        if (value == null) {
            return absent;
        }
        long count = (Long) value;
        if (count < 0) {
            throw new TrellisException(ErrorCode.INVALID_LIMIT, clause + " must not be negative: " + count);
        }
        return count;
    }
}
