package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.plan.WindowCall;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/** Window functions over one partition; results come in the partition's order. */
public final class WindowFunctions {
    private static final Set<String> NAMES = Set.of(
            "ROW_NUMBER",
            "RANK",
            "DENSE_RANK",
            "PERCENT_RANK",
            "CUME_DIST",
            "NTILE",
            "LAG",
            "LEAD",
            "FIRST_VALUE",
            "LAST_VALUE",
            "NTH_VALUE");

    private WindowFunctions() {}

    static void append(
            WindowCall call,
            WindowRows rows,
            FrameBounds frames,
            int start,
            int end,
            Execution execution,
            VectorBuilder out) {
        switch (call.function()) {
            case "ROW_NUMBER" -> {
                for (int i = start; i < end; i++) {
                    number(out, i - start + 1L);
                }
            }
            case "RANK" -> {
                for (int i = start; i < end; i++) {
                    number(out, rows.peerStart(i) - start + 1L);
                }
            }
            case "DENSE_RANK" -> {
                for (int i = start; i < end; i++) {
                    number(out, rows.peerNumber(i) + 1L);
                }
            }
            case "PERCENT_RANK" -> {
                for (int i = start; i < end; i++) {
                    double others = Math.max(1, end - start - 1);
                    fraction(out, (rows.peerStart(i) - start) / others);
                }
            }
            case "CUME_DIST" -> {
                for (int i = start; i < end; i++) {
                    fraction(out, (rows.peerEnd(i) - start) / (double) (end - start));
                }
            }
            case "NTILE" -> tiles(call, rows, start, end, out);
            case "LAG", "LEAD" -> shifted(call, rows, start, end, execution, out);
            case "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" -> {
                for (int i = start; i < end; i++) {
                    frameValue(call, rows, frames, i, start, end, out);
                }
            }
            default -> {
                if (!Aggregates.isImplemented(call.function())) {
                    throw new TrellisException(
                            ErrorCode.UNKNOWN_FUNCTION, "window function does not exist: " + call.function());
                }
                new FrameAggregate(call, rows, frames, execution).append(start, end, out);
            }
        }
    }

    /** The functions that exist only over windows; every aggregate is one as well. */
    public static Set<String> names() {
        return NAMES;
    }

    private static void number(VectorBuilder out, long value) {
        if (out instanceof LongVectorBuilder longs && out.type().equals(DataType.BIGINT)) {
            longs.appendLong(value);
        } else if (out.type().kind().isInteger()) {
            out.append((int) value);
        } else {
            out.append(BigDecimal.valueOf(value));
        }
    }

    private static void fraction(VectorBuilder out, double value) {
        if (out instanceof DoubleVectorBuilder doubles) {
            doubles.appendDouble(value);
        } else {
            out.append(BigDecimal.valueOf(value).setScale(out.type().scale(), RoundingMode.HALF_UP));
        }
    }

    private static long integer(ColumnVector column, int row) {
        if (column instanceof LongVector wide && column.type().equals(DataType.BIGINT)) {
            return wide.get(row);
        }
        if (column instanceof IntVector narrow) {
            return narrow.get(row);
        }
        throw new TrellisException(ErrorCode.TYPE_MISMATCH, "argument must be an integer: " + column.type());
    }

    private static void tiles(WindowCall call, WindowRows rows, int start, int end, VectorBuilder out) {
        ColumnVector counts = rows.column(call.arguments().get(0));
        if (counts.isNull(start)) {
            for (int i = start; i < end; i++) {
                out.appendNull();
            }
            return;
        }
        long count = integer(counts, start);
        if (count <= 0) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "argument of NTILE is not positive: " + count);
        }
        long size = (long) end - start;
        long small = size / count;
        long larger = size % count;
        for (long i = 0; i < size; i++) {
            long inLarger = larger * (small + 1);
            number(out, i < inLarger ? i / (small + 1) + 1 : larger + (i - inLarger) / small + 1);
        }
    }

    /** LAG and LEAD (value [, offset [, default]]): over the partition, whatever the frame. */
    private static void shifted(
            WindowCall call, WindowRows rows, int start, int end, Execution execution, VectorBuilder out) {
        ColumnVector values = rows.column(call.arguments().get(0));
        ColumnVector offsets =
                call.arguments().size() > 1 ? rows.column(call.arguments().get(1)) : null;
        ColumnVector defaults = call.arguments().size() > 2
                ? Casts.convert(rows.column(call.arguments().get(2)), out.type(), false, execution.evaluation())
                : null;
        int direction = call.function().equals("LAG") ? -1 : 1;
        for (int i = start; i < end; i++) {
            if (offsets != null && offsets.isNull(i)) {
                out.appendNull();
                continue;
            }
            long offset = offsets == null ? 1 : integer(offsets, i);
            int found = call.ignoreNulls()
                    ? presentAt(values, i, direction * offset, start, end)
                    : at(i, direction, offset, start, end);
            if (found >= 0) {
                out.appendFrom(values, found);
            } else if (defaults != null) {
                out.appendFrom(defaults, i);
            } else {
                out.appendNull();
            }
        }
    }

    private static int at(int row, int direction, long offset, int start, int end) {
        // no partition is longer than an int
        long bounded = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, offset));
        long position = row + direction * bounded;
        return position >= start && position < end ? (int) position : -1;
    }

    /** The row so many present values away, or −1. */
    private static int presentAt(ColumnVector values, int row, long offset, int start, int end) {
        int step = offset < 0 ? -1 : 1;
        long left = Math.abs(offset);
        int position = row;
        if (left == 0) {
            return row;
        }
        while (left > 0) {
            position += step;
            if (position < start || position >= end) {
                return -1;
            }
            left -= values.isNull(position) ? 0 : 1;
        }
        return position;
    }

    private static void frameValue(
            WindowCall call, WindowRows rows, FrameBounds frames, int row, int start, int end, VectorBuilder out) {
        ColumnVector values = rows.column(call.arguments().get(0));
        long wanted = 1;
        if (call.function().equals("NTH_VALUE")) {
            ColumnVector numbers = rows.column(call.arguments().get(1));
            if (numbers.isNull(row)) {
                out.appendNull();
                return;
            }
            wanted = integer(numbers, row);
            if (wanted <= 0) {
                throw new TrellisException(
                        ErrorCode.INVALID_PARAMETER, "argument of NTH_VALUE is not positive: " + wanted);
            }
        }
        int[] segments = frames.segments(row, start, end);
        boolean backwards = call.function().equals("LAST_VALUE");
        int found = find(values, segments, wanted, backwards, call.ignoreNulls());
        if (found < 0) {
            out.appendNull();
        } else {
            out.appendFrom(values, found);
        }
    }

    private static int find(ColumnVector values, int[] segments, long wanted, boolean backwards, boolean ignoreNulls) {
        long left = wanted;
        for (int s = 0; s < segments.length; s += 2) {
            int at = backwards ? segments.length - 2 - s : s;
            int from = segments[at];
            int to = segments[at + 1];
            if (!ignoreNulls) {
                if (left <= to - from) {
                    return backwards ? (int) (to - left) : (int) (from + left - 1);
                }
                left -= Math.max(0, to - from);
                continue;
            }
            for (int i = 0; i < to - from; i++) {
                int row = backwards ? to - 1 - i : from + i;
                if (!values.isNull(row) && --left == 0) {
                    return row;
                }
            }
        }
        return -1;
    }
}
