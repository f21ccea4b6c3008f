package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.ScanRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a container's rows are reached under a condition: the row key or an index, the range of it, the partitions.
 *
 * <p>A path is better the more columns it fixes; a range behind them counts as one half. An index, which must fetch each row,
 * is taken only if it beats the row key, is complete (PUBLIC), and fixes a column or bounds one from both sides.
 */
final class AccessPaths {
    private static final int FIXED = 2;
    private static final int RANGE = 1;

    private final ContainerDescriptor container;
    private final List<Expression> conditions;
    private final Map<Integer, Bounds> bounds = new HashMap<>();

    /** @param conditions all must be true; columns by their position in the container */
    AccessPaths(ContainerDescriptor container, List<Expression> conditions) {
        this.container = container;
        this.conditions = conditions;
        for (Expression condition : conditions) {
            collect(condition);
        }
    }

    /**
     * A way to the rows.
     *
     * @param residual the conditions that the range does not settle
     * @param key the columns of the key or index, by position in the container
     * @param fixed how many of them the range fixes
     */
    record Path(
            long indexId,
            ScanRange range,
            List<Expression> residual,
            List<KeyPart> key,
            int fixed,
            ScanPartitions partitions,
            int score) {}

    /** A column of a key. */
    record KeyPart(int column, boolean descending) {}

    /** What the conditions say about one column; each with the condition that says it. */
    private static final class Bounds {
        @Nullable
        Bound equal;

        @Nullable
        Bound lower;

        @Nullable
        Bound upper;
    }

    /** @param settled whether a range with this bound makes the condition superfluous */
    private record Bound(Expression value, boolean inclusive, Expression condition, boolean settled) {}

    Path choose() {
        Path best = path(0, container.primaryKey());
        for (IndexDescriptor index : container.indexes()) {
            if (index.state() == IndexDescriptor.State.PUBLIC) {
                Path path = path(index.id(), index.columns());
                boolean bounded = path.range().lower() != null && path.range().upper() != null;
                if (path.score() > best.score() && (path.fixed() > 0 || bounded)) {
                    best = path;
                }
            }
        }
        return best;
    }

    private Path path(long indexId, List<KeyColumn> columns) {
        List<KeyPart> key = columns.stream()
                .map(column -> new KeyPart(container.columnIndex(column.columnId()), column.descending()))
                .toList();
        List<Expression> equal = new ArrayList<>();
        List<Expression> residual = new ArrayList<>(conditions);
        int fixed = 0;
        for (KeyPart part : key) {
            Bounds known = bounds.get(part.column());
            if (known == null || known.equal == null) {
                break;
            }
            equal.add(known.equal.value());
            remove(residual, known.equal);
            fixed++;
        }
        Bounds next = fixed < key.size() ? bounds.get(key.get(fixed).column()) : null;
        Bound lower = next == null ? null : next.lower;
        Bound upper = next == null ? null : next.upper;
        remove(residual, lower);
        remove(residual, upper);
        ScanRange range = new ScanRange(
                equal,
                lower == null ? null : lower.value(),
                lower != null && lower.inclusive(),
                upper == null ? null : upper.value(),
                upper != null && upper.inclusive());
        int score = fixed * FIXED + (lower != null || upper != null ? RANGE : 0);
        return new Path(indexId, range, residual, key, fixed, partitions(), score);
    }

    private static void remove(List<Expression> residual, @Nullable Bound bound) {
        if (bound != null && bound.settled()) {
            residual.removeIf(condition -> condition == bound.condition());
        }
    }

    private ScanPartitions partitions() {
        if (container.partitioning() instanceof Partitioning.Whole whole) {
            return new ScanPartitions.One(whole.partition());
        }
        List<Expression> values = new ArrayList<>();
        for (int columnId : ((Partitioning.Hash) container.partitioning()).columnIds()) {
            Bounds known = bounds.get(container.columnIndex(columnId));
            if (known == null || known.equal == null) {
                return new ScanPartitions.All();
            }
            values.add(known.equal.value());
        }
        return new ScanPartitions.OfValues(values);
    }

    private void collect(Expression condition) {
        if (condition instanceof InSet set
                && !set.negated()
                && set.argument() instanceof ColumnRef column
                && isColumn(column)) {
            span(column, set);
        } else if (condition instanceof Call call && call.arguments().size() == 2) {
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            if (left instanceof ColumnRef column && isBound(column, right)) {
                add(column.index(), call.function(), right, condition);
            } else if (right instanceof ColumnRef column && isBound(column, left)) {
                add(column.index(), flipped(call.function()), left, condition);
            }
        }
    }

    private static String flipped(String comparison) {
        return switch (comparison) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> comparison;
        };
    }

    private boolean isColumn(ColumnRef column) {
        return column.index() < container.columns().size();
    }

    /** A bound is fixed during the execution and has exactly the column's type, or the same bytes. */
    private boolean isBound(ColumnRef column, Expression value) {
        if (!isColumn(column) || !Expressions.isFixed(value)) {
            return false;
        }
        ColumnDescriptor descriptor = container.columns().get(column.index());
        DataType type = descriptor.type();
        return value.type().equals(type)
                || isVarying(type)
                        && isVarying(value.type())
                        && type.kind().isString() == value.type().kind().isString();
    }

    private static boolean isVarying(DataType type) {
        return type.kind() != TypeKind.CHAR
                && type.kind() != TypeKind.BINARY
                && (type.kind().isString() || type.kind().isBinary());
    }

    private void add(int column, String comparison, Expression value, Expression condition) {
        Bounds known = bounds.computeIfAbsent(column, c -> new Bounds());
        switch (comparison) {
            case "=" -> {
                if (known.equal == null) {
                    known.equal = new Bound(value, true, condition, true);
                }
            }
            case ">", ">=" -> {
                if (known.lower == null || !known.lower.settled()) {
                    known.lower = new Bound(value, comparison.equals(">="), condition, true);
                }
            }
            case "<", "<=" -> {
                if (known.upper == null || !known.upper.settled()) {
                    known.upper = new Bound(value, comparison.equals("<="), condition, true);
                }
            }
            default -> {}
        }
    }

    /** An IN list bounds its column by its least and greatest value, but stays a condition. */
    private void span(ColumnRef column, InSet set) {
        DataType type = set.argument().type();
        Comparator<Object> order = order(type);
        if (order == null || set.values().isEmpty()) {
            return;
        }
        Object least = set.values().stream().min(order).orElseThrow();
        Object greatest = set.values().stream().max(order).orElseThrow();
        Bounds known = bounds.computeIfAbsent(column.index(), c -> new Bounds());
        if (known.lower == null && known.upper == null) {
            known.lower = new Bound(new Literal(least, type), true, set, false);
            known.upper = new Bound(new Literal(greatest, type), true, set, false);
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Comparator<Object> order(DataType type) {
        return switch (type.kind()) {
            case CHAR, VARCHAR, TEXT ->
                (a, b) -> Arrays.compareUnsigned(
                        ((String) a).getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
            case BINARY, VARBINARY, BLOB -> (a, b) -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
            case UUID ->
                (a, b) -> {
                    UUID x = (UUID) a;
                    UUID y = (UUID) b;
                    int high = Long.compareUnsigned(x.getMostSignificantBits(), y.getMostSignificantBits());
                    return high != 0
                            ? high
                            : Long.compareUnsigned(x.getLeastSignificantBits(), y.getLeastSignificantBits());
                };
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ ->
                (a, b) -> ((Comparable<Object>) a).compareTo(b);
            default -> null;
        };
    }
}
