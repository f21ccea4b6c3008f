package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.WindowGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each row's frame begins and ends, before exclusion; positions count sorted rows. */
final class FrameBounds {
    private final WindowRows rows;
    private final WindowGroup group;
    private final Execution execution;
    private final Side lower;
    private final Side upper;

    /** One end of the frame: a row count or group count, or for RANGE the value that the end's rows must reach. */
    private record Side(
            WindowGroup.Bound bound, long count, @Nullable ColumnVector targets) {}

    /** The RANGE key in a type in which offsets can be added without overflow. */
    private final @Nullable ColumnVector key;

    FrameBounds(WindowRows rows, WindowGroup group, Execution execution) {
        this.rows = rows;
        this.group = group;
        this.execution = execution;
        boolean range = group.frame().unit() == WindowGroup.Unit.RANGE;
        boolean offsets = group.frame().lower() instanceof WindowGroup.Bound.Offset
                || group.frame().upper() instanceof WindowGroup.Bound.Offset;
        this.key = range && offsets ? rangeKey() : null;
        this.lower = side(group.frame().lower());
        this.upper = side(group.frame().upper());
    }

    private ColumnVector rangeKey() {
        if (group.orderBy().size() != 1) {
            throw new TrellisException(
                    ErrorCode.SYNTAX_ERROR, "RANGE with an offset needs exactly one ORDER BY column");
        }
        ColumnVector column = rows.column(group.orderBy().get(0).column());
        DataType type = column.type();
        boolean exact = type.kind().isInteger();
        return exact ? Casts.convert(column, DataType.decimal(38, 0), false, execution.evaluation()) : column;
    }

    private Side side(WindowGroup.Bound bound) {
        if (!(bound instanceof WindowGroup.Bound.Offset offset)) {
            return new Side(bound, 0, null);
        }
        if (key == null) {
            Long count = (Long)
                    Evaluator.constantValue(new Cast(offset.offset(), DataType.BIGINT, false), execution.evaluation());
            if (count == null || count < 0) {
                throw negative(count);
            }
            return new Side(bound, count, null);
        }
        checkOffset(offset.offset());
        return new Side(bound, 0, targets(key, offset));
    }

    private static TrellisException negative(@Nullable Object offset) {
        return new TrellisException(
                ErrorCode.INVALID_PARAMETER, "offset of a window frame must not be negative or NULL: " + offset);
    }

    private void checkOffset(Expression offset) {
        ColumnVector value = Evaluator.constant(offset, execution.evaluation());
        if (value.isNull(0)) {
            throw negative(null);
        }
        boolean isNegative =
                switch (value.type().layout()) {
                    case INT -> ((IntVector) value).get(0) < 0;
                    case LONG -> ((LongVector) value).get(0) < 0;
                    case DOUBLE -> !(((DoubleVector) value).get(0) >= 0);
                    default -> false;
                };
        if (isNegative) {
            throw negative(value.value(0));
        }
    }

    /** The key moved by the offset: towards the partition's beginning when it precedes. */
    private ColumnVector targets(ColumnVector keys, WindowGroup.Bound.Offset offset) {
        boolean minus = offset.preceding() != group.orderBy().get(0).descending();
        DataType type = keys.type();
        Expression amount = offset.offset();
        if (type.kind() == TypeKind.DECIMAL) {
            amount = new Cast(amount, DataType.decimal(38, type.scale()), false);
        } else if (type.kind().isNumeric()) {
            amount = new Cast(amount, type, false);
        }
        DataType result = type.kind() == TypeKind.DATE && amount.type().kind() == TypeKind.INTERVAL_NANO
                ? DataType.timestamp(6)
                : type.kind() == TypeKind.DECIMAL ? DataType.decimal(38, type.scale()) : type;
        Expression moved = new Call(minus ? "-" : "+", List.of(new ColumnRef(0, type), amount), result);
        Evaluator evaluator = Evaluator.compile(moved, execution.evaluation());
        List<ColumnVector> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += Batch.MAX_ROWS) {
            int to = Math.min(keys.size(), from + Batch.MAX_ROWS);
            parts.add(evaluator.evaluate(new Batch(to - from, keys.slice(from, to))));
        }
        return parts.isEmpty()
                ? Vectors.empty(result)
                : Casts.convert(Vectors.concat(parts), type, false, execution.evaluation());
    }

    /** The first position of a row's frame; {@code start} and {@code end} bound its partition. */
    int lower(int row, int start, int end) {
        return at(lower, row, start, end, true);
    }

    /** The position behind the last one of a row's frame. */
    int upper(int row, int start, int end) {
        return at(upper, row, start, end, false);
    }

    /** The frame after exclusion: pairs of a first position and the one behind the last; at most three, some perhaps empty. */
    int[] segments(int row, int start, int end) {
        int from = lower(row, start, end);
        int to = Math.max(from, upper(row, start, end));
        int peerStart = rows.peerStart(row);
        int peerEnd = rows.peerEnd(row);
        return switch (group.frame().exclude()) {
            case NO_OTHERS -> new int[] {from, to};
            case CURRENT_ROW -> new int[] {from, clamp(row, from, to), clamp(row + 1, from, to), to};
            case GROUP -> new int[] {from, clamp(peerStart, from, to), clamp(peerEnd, from, to), to};
            case TIES ->
                new int[] {
                    from,
                    clamp(peerStart, from, to),
                    clamp(row, from, to),
                    clamp(row + 1, from, to),
                    clamp(peerEnd, from, to),
                    to
                };
        };
    }

    private static int clamp(int position, int from, int to) {
        return Math.max(from, Math.min(to, position));
    }

    private int at(Side side, int row, int start, int end, boolean isLower) {
        WindowGroup.Bound bound = side.bound();
        if (bound instanceof WindowGroup.Bound.Unbounded) {
            return isLower ? start : end;
        }
        WindowGroup.Unit unit = group.frame().unit();
        if (bound instanceof WindowGroup.Bound.CurrentRow) {
            if (unit == WindowGroup.Unit.ROWS) {
                return isLower ? row : row + 1;
            }
            return isLower ? rows.peerStart(row) : rows.peerEnd(row);
        }
        boolean preceding = ((WindowGroup.Bound.Offset) bound).preceding();
        return switch (unit) {
            case ROWS -> {
                long moved = preceding ? row - side.count() : saturated(row, side.count());
                long position = isLower ? moved : moved + 1;
                yield (int) Math.max(start, Math.min(end, position));
            }
            case GROUPS -> groups(row, start, end, preceding ? -side.count() : side.count(), isLower);
            case RANGE -> range(side, row, start, end, isLower);
        };
    }

    private static long saturated(int row, long count) {
        return Math.min(Integer.MAX_VALUE, count) + row;
    }

    /** Steps from group to group; a lower end beyond the last group leaves the frame empty, as does an upper before the first. */
    private int groups(int row, int start, int end, long offset, boolean isLower) {
        long wanted = rows.peerNumber(row) + Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, offset));
        int last = rows.peerNumber(end - 1);
        if (wanted < 0) {
            return start;
        }
        if (wanted > last) {
            return end;
        }
        int low = start;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.peerNumber(middle) < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return isLower ? low : rows.peerEnd(low);
    }

    private int range(Side side, int row, int start, int end, boolean isLower) {
        ColumnVector keys = key;
        ColumnVector targets = side.targets();
        if (keys == null || targets == null) {
            throw new IllegalStateException("RANGE frame without key");
        }
        if (keys.isNull(row)) {
            // NULL plus an offset is NULL: its peers
            return isLower ? rows.peerStart(row) : rows.peerEnd(row);
        }
        SortKey order = new SortKey(
                0, group.orderBy().get(0).descending(), group.orderBy().get(0).nullsFirst());
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int compared = RowOrders.compare(keys, middle, targets, row, order);
            boolean before = isLower ? compared < 0 : compared <= 0;
            if (before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
