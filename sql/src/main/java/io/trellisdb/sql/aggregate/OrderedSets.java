package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ArrayVectorBuilder;
import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.kernel.ValueOrder;
import java.io.ByteArrayOutputStream;

/** Results of functions over a group's rows in order. */
final class OrderedSets {
    private static final int MAX_VALUE_BYTES = 8 * 1024 * 1024;

    private OrderedSets() {}

    /** LISTAGG(value [, separator]); NULL values are not among the rows, an empty group is NULL. */
    static void list(ColumnVector[] columns, int[] rows, VectorBuilder out, boolean withSeparator) {
        if (rows.length == 0) {
            out.appendNull();
            return;
        }
        BytesVector values = (BytesVector) columns[0];
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < rows.length; i++) {
            if (i > 0 && withSeparator && !columns[1].isNull(rows[i])) {
                BytesVector separators = (BytesVector) columns[1];
                joined.write(separators.bytes(), separators.offset(rows[i]), separators.length(rows[i]));
            }
            joined.write(values.bytes(), values.offset(rows[i]), values.length(rows[i]));
            if (joined.size() > MAX_VALUE_BYTES) {
                throw new TrellisException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "result of LISTAGG is longer than a value may be: at most " + MAX_VALUE_BYTES + " bytes");
            }
        }
        byte[] bytes = joined.toByteArray();
        ((BytesVectorBuilder) out).append(bytes, 0, bytes.length);
    }

    /** ARRAY_AGG, NULLs included; an empty group is NULL. */
    static void array(ColumnVector[] columns, int[] rows, VectorBuilder out) {
        if (rows.length == 0) {
            out.appendNull();
            return;
        }
        ArrayVectorBuilder arrays = (ArrayVectorBuilder) out;
        for (int row : rows) {
            arrays.elements().appendFrom(columns[0], row);
        }
        arrays.endArray();
    }

    /** The most frequent value; of several the first in order. Rows come sorted by value. */
    static void mode(ColumnVector[] columns, int[] rows, VectorBuilder out) {
        int best = -1;
        int bestCount = 0;
        int start = 0;
        for (int i = 1; i <= rows.length; i++) {
            boolean ends = i == rows.length || ValueOrder.compare(columns[0], rows[start], columns[0], rows[i]) != 0;
            if (ends) {
                if (i - start > bestCount) {
                    best = rows[start];
                    bestCount = i - start;
                }
                start = i;
            }
        }
        if (best < 0) {
            out.appendNull();
        } else {
            out.appendFrom(columns[0], best);
        }
    }

    /** PERCENTILE_CONT and PERCENTILE_DISC; columns: fraction, ordered value. */
    static void percentile(ColumnVector[] columns, int[] rows, VectorBuilder out, boolean continuous) {
        if (rows.length == 0 || columns[0].isNull(rows[0])) {
            out.appendNull();
            return;
        }
        double fraction = ((DoubleVector) columns[0]).get(rows[0]);
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new TrellisException(
                    ErrorCode.NUMBER_OUT_OF_RANGE, "fraction of a percentile is not between 0 and 1: " + fraction);
        }
        ColumnVector values = columns[1];
        if (!continuous) {
            int index = Math.max(0, (int) Math.ceil(fraction * rows.length) - 1);
            out.appendFrom(values, rows[index]);
            return;
        }
        double position = fraction * (rows.length - 1);
        int low = (int) Math.floor(position);
        int high = (int) Math.ceil(position);
        double share = position - low;
        if (values.type().kind().isNumeric()) {
            DoubleVector pair = Casts.toDouble(values.select(new int[] {rows[low], rows[high]}, 2));
            double first = pair.get(0);
            Results.append(out, share == 0 ? first : first + (pair.get(1) - first) * share, "PERCENTILE_CONT");
        } else {
            LongVector moments = (LongVector) values;
            long first = moments.get(rows[low]);
            long added = Math.round((moments.get(rows[high]) - first) * share);
            out.append(Boxing.box(values.type(), first + added));
        }
    }

    /**
     * TIME_AVG(value, ts): each value weighs half the time between its neighbours, which is the trapezoid rule over the
     * span; a single row is the average itself. Rows come by time and without NULLs.
     */
    static void timeAverage(ColumnVector[] columns, int[] rows, VectorBuilder out) {
        int[] present = new int[rows.length];
        int count = 0;
        for (int row : rows) {
            if (!columns[1].isNull(row)) {
                present[count++] = row;
            }
        }
        if (count == 0) {
            out.appendNull();
            return;
        }
        DoubleVector values = (DoubleVector) columns[0];
        if (count == 1) {
            Results.append(out, values.get(present[0]), "TIME_AVG");
            return;
        }
        double area = 0;
        double span = (double) moment(columns[1], present[count - 1]) - (double) moment(columns[1], present[0]);
        for (int i = 1; i < count; i++) {
            double width = (double) (moment(columns[1], present[i]) - moment(columns[1], present[i - 1]));
            area += width * (values.get(present[i]) + values.get(present[i - 1])) / 2;
        }
        if (span == 0) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values.get(present[i]);
            }
            Results.append(out, sum / count, "TIME_AVG");
            return;
        }
        Results.append(out, area / span, "TIME_AVG");
    }

    private static long moment(ColumnVector column, int row) {
        return column instanceof LongVector wide ? wide.get(row) : ((IntVector) column).get(row);
    }

    /** Whether PERCENTILE_CONT can stand between two values of the type. */
    static boolean isContinuous(DataType type) {
        TypeKind kind = type.kind();
        return kind.isNumeric() || kind.isTimestamp() || kind == TypeKind.INTERVAL_NANO || kind == TypeKind.TIME;
    }
}
