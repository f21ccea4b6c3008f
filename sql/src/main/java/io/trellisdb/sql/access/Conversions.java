package io.trellisdb.sql.access;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import java.util.List;
import java.util.function.Supplier;

/** Brings parameters to the types that a plan expects, by the rules of assignment. */
public final class Conversions {
    private Conversions() {}

    /** The batch with each column converted; the same object when nothing is to be done. */
    public static Batch toTypes(Batch batch, List<DataType> types, Supplier<EvaluationContext> context) {
        if (batch.columnCount() != types.size()) {
            throw new TrellisException(
                    ErrorCode.UNKNOWN_PARAMETER,
                    "statement has another number of parameters: " + batch.columnCount() + " given, " + types.size()
                            + " expected");
        }
        boolean changed = false;
        ColumnVector[] columns = new ColumnVector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = toType(batch, i, types.get(i), context);
            changed |= columns[i] != batch.column(i);
        }
        return changed ? new Batch(batch.rowCount(), columns) : batch;
    }

    private static ColumnVector toType(Batch batch, int column, DataType to, Supplier<EvaluationContext> context) {
        ColumnVector vector = batch.column(column);
        DataType from = vector.type();
        if (from.equals(to)) {
            return vector;
        }
        if (from.kind() == TypeKind.NULL) {
            return Vectors.nulls(to, vector.size());
        }
        if (to.kind() == TypeKind.NULL) {
            return vector;
        }
        if (vector instanceof IntVector ints && from.kind().isInteger() && to.kind() == TypeKind.BIGINT) {
            return widened(ints, to);
        }
        if (vector instanceof IntVector && isNarrowerInteger(from, to)) {
            return vector.as(to);
        }
        if (vector instanceof BytesVector bytes && from.kind().isString() && isPlainString(to) && fits(bytes, to)) {
            return vector.as(to);
        }
        Evaluator cast = Evaluator.compile(new Cast(new ColumnRef(column, from), to, true), context.get());
        return cast.evaluate(batch);
    }

    private static boolean isNarrowerInteger(DataType from, DataType to) {
        return from.kind().isInteger()
                && to.kind().isInteger()
                && to.kind() != TypeKind.BIGINT
                && from.kind().compareTo(to.kind()) < 0;
    }

    private static ColumnVector widened(IntVector ints, DataType to) {
        long[] values = new long[ints.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ints.get(i);
        }
        return new LongVector(to, values, ints.nulls(), values.length);
    }

    private static boolean isPlainString(DataType to) {
        return to.kind() == TypeKind.VARCHAR || to.kind() == TypeKind.TEXT;
    }

    private static boolean fits(BytesVector strings, DataType to) {
        if (to.precision() == 0) {
            return true;
        }
        for (int row = 0; row < strings.size(); row++) {
            int from = strings.offset(row);
            int length = strings.length(row);
            if (length > to.precision() && Utf8.codePoints(strings.bytes(), from, from + length) > to.precision()) {
                return false;
            }
        }
        return true;
    }
}
