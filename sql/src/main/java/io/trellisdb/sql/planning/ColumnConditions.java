package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.SeriesAccess.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What conditions, all of which must be true, say about single columns of a container. */
final class ColumnConditions {
    private final ContainerDescriptor container;
    private final int timeColumn;
    private final Map<Integer, List<Bound>> bounds = new HashMap<>();
    private final Map<Integer, Alternatives> alternatives = new HashMap<>();

    /**
     * @param timeColumn the position of a column for which conversions to finer or zoned timestamps are looked through, or -1
     */
    ColumnConditions(ContainerDescriptor container, List<Expression> conditions, int timeColumn) {
        this.container = container;
        this.timeColumn = timeColumn;
        conditions.forEach(this::collect);
    }

    /**
     * A column compared with a value that is fixed during the execution.
     *
     * @param settled whether a range with this bound makes the condition superfluous
     * @param exact whether the value has the column's type, so that it can be part of a key
     */
    record Bound(Comparison comparison, Expression value, Expression condition, boolean settled, boolean exact) {}

    /** The only values that a column can have. */
    record Alternatives(List<Expression> values, Expression condition) {}

    Optional<Bound> equal(int column) {
        return bounds(column).stream()
                .filter(bound -> bound.comparison() == Comparison.EQUAL && bound.exact())
                .findFirst();
    }

    /** The lower bound apart from equality, a settled one if there is any. */
    Optional<Bound> lower(int column) {
        return best(column, Comparison.AT_LEAST, Comparison.GREATER);
    }

    /** As {@link #lower}. */
    Optional<Bound> upper(int column) {
        return best(column, Comparison.AT_MOST, Comparison.LESS);
    }

    private Optional<Bound> best(int column, Comparison one, Comparison other) {
        return bounds(column).stream()
                .filter(bound -> bound.exact() && (bound.comparison() == one || bound.comparison() == other))
                .min(Comparator.comparing(bound -> !bound.settled()));
    }

    List<Bound> bounds(int column) {
        return bounds.getOrDefault(column, List.of());
    }

    /** The values of equality or of a list, as far as these are few enough. */
    Optional<Alternatives> alternatives(int column) {
        Optional<Bound> equal = equal(column);
        return equal.isPresent()
                ? Optional.of(new Alternatives(
                        List.of(equal.get().value()), equal.get().condition()))
                : Optional.ofNullable(alternatives.get(column));
    }

    private void collect(Expression condition) {
        if (condition instanceof InSet set) {
            if (!set.negated() && set.argument() instanceof ColumnRef column && isColumn(column)) {
                collectSet(column, set);
            }
        } else if (condition instanceof Call call && call.function().equals("OR")) {
            collectEquals(call);
        } else if (condition instanceof Call call && call.arguments().size() == 2) {
            comparison(call.function()).ifPresent(comparison -> {
                collect(call.arguments().get(0), comparison, call.arguments().get(1), condition);
                collect(
                        call.arguments().get(1),
                        flipped(comparison),
                        call.arguments().get(0),
                        condition);
            });
        }
    }

    static Optional<Comparison> comparison(String function) {
        return Arrays.stream(Comparison.values())
                .filter(comparison -> comparison.symbol().equals(function))
                .findFirst();
    }

    static Comparison flipped(Comparison comparison) {
        return switch (comparison) {
            case LESS -> Comparison.GREATER;
            case AT_MOST -> Comparison.AT_LEAST;
            case EQUAL -> Comparison.EQUAL;
            case AT_LEAST -> Comparison.AT_MOST;
            case GREATER -> Comparison.LESS;
        };
    }

    private void collect(Expression left, Comparison comparison, Expression right, Expression condition) {
        if (left instanceof ColumnRef column && isBound(column, right)) {
            add(column.index(), new Bound(comparison, right, condition, true, true));
        } else if (left instanceof Cast cast
                && cast.argument() instanceof ColumnRef column
                && column.index() == timeColumn
                && Expressions.isFixed(right)
                && right.type().equals(cast.type())) {
            collectTime(column, cast.type(), comparison, right, condition);
        }
    }

    /** The timestamp as a finer one settles its condition; with a time zone, it may be off by some hours. */
    private void collectTime(
            ColumnRef column, DataType type, Comparison comparison, Expression value, Expression condition) {
        boolean finer = type.kind() == TypeKind.TIMESTAMP
                && type.precision() >= column.type().precision();
        if (finer || type.kind() == TypeKind.TIMESTAMP_LTZ) {
            add(column.index(), new Bound(comparison, value, condition, finer, false));
        }
    }

    private void add(int column, Bound bound) {
        bounds.computeIfAbsent(column, c -> new ArrayList<>()).add(bound);
    }

    private boolean isColumn(ColumnRef column) {
        return column.index() < container.columns().size();
    }

    /** A bound is fixed during the execution and has exactly the column's type, or the same bytes. */
    private boolean isBound(ColumnRef column, Expression value) {
        if (!isColumn(column) || !Expressions.isFixed(value)) {
            return false;
        }
        DataType type = container.columns().get(column.index()).type();
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

    /** An IN list: alternatives, which lie between the least and the greatest value. */
    private void collectSet(ColumnRef column, InSet set) {
        DataType type = set.argument().type();
        if (set.values().isEmpty()) {
            return;
        }
        if (!set.hasNull()) {
            List<Expression> values = new ArrayList<>(set.values().size());
            set.values().forEach(value -> values.add(new Literal(value, type)));
            alternatives.putIfAbsent(column.index(), new Alternatives(values, set));
        }
        Comparator<Object> order = order(type);
        if (order != null) {
            Object least = set.values().stream().min(order).orElseThrow();
            Object greatest = set.values().stream().max(order).orElseThrow();
            add(column.index(), new Bound(Comparison.AT_LEAST, new Literal(least, type), set, false, true));
            add(column.index(), new Bound(Comparison.AT_MOST, new Literal(greatest, type), set, false, true));
        }
    }

    /** {@code a = ? OR a = ?}, which is what an IN list of parameters is. */
    private void collectEquals(Call or) {
        int column = -1;
        List<Expression> values = new ArrayList<>();
        for (Expression part : or.arguments()) {
            if (!(part instanceof Call call) || !call.function().equals("=")) {
                return;
            }
            Expression left = call.arguments().get(0);
            Expression right = call.arguments().get(1);
            boolean swapped = !(left instanceof ColumnRef);
            Expression value = swapped ? left : right;
            if (!((swapped ? right : left) instanceof ColumnRef reference)
                    || column >= 0 && reference.index() != column
                    || !isBound(reference, value)) {
                return;
            }
            column = reference.index();
            values.add(value);
        }
        alternatives.putIfAbsent(column, new Alternatives(values, or));
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
