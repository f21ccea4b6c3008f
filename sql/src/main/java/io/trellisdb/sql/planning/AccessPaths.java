package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.ScanRange;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.sql.plan.SeriesAccess.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a container's rows are reached under a condition: the row key, series and times, or an index; the range of it,
 * the partitions.
 *
 * <p>A path is better the more columns it fixes; a range behind them counts as one half. An index, which must fetch each row,
 * is taken only if it beats the row key, is complete (PUBLIC), and fixes a column or bounds one from both sides.
 */
final class AccessPaths {
    private static final int FIXED = 2;
    private static final int RANGE = 1;

    /** More combinations of alternatives than this stay a condition. */
    private static final int MAX_SERIES = 10_000;

    private static final int MAX_PARTITION_VALUES = 1_000;

    private final ContainerDescriptor container;
    private final List<Expression> conditions;
    private final ColumnConditions known;

    /** @param conditions all must be true; columns by their position in the container */
    AccessPaths(ContainerDescriptor container, List<Expression> conditions) {
        this.container = container;
        this.conditions = conditions;
        boolean isSeries = container.kind() == ContainerKind.TIME_SERIES;
        this.known =
                new ColumnConditions(container, conditions, isSeries ? position(last(container.primaryKey())) : -1);
    }

    /**
     * A way to the rows.
     *
     * @param series in place of the range, or null
     * @param residual the conditions that the range does not settle
     * @param key the columns of the key or index, by position in the container
     * @param fixed how many of them the range fixes
     */
    record Path(
            long indexId,
            ScanRange range,
            @Nullable SeriesAccess series,
            List<Expression> residual,
            List<KeyPart> key,
            int fixed,
            ScanPartitions partitions,
            int score) {}

    /** A column of a key. */
    record KeyPart(int column, boolean descending) {}

    private static KeyColumn last(List<KeyColumn> columns) {
        return columns.get(columns.size() - 1);
    }

    private int position(KeyColumn column) {
        return container.columnIndex(column.columnId());
    }

    Path choose() {
        Path best = path(0, container.primaryKey());
        if (container.kind() == ContainerKind.TIME_SERIES
                && best.fixed() < best.key().size()) {
            best = series(best.key());
        }
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
        List<KeyPart> key = parts(columns);
        List<Expression> equal = new ArrayList<>();
        List<Expression> residual = new ArrayList<>(conditions);
        int fixed = 0;
        for (KeyPart part : key) {
            Optional<ColumnConditions.Bound> bound = known.equal(part.column());
            if (bound.isEmpty()) {
                break;
            }
            equal.add(bound.get().value());
            remove(residual, bound.get());
            fixed++;
        }
        int next = fixed < key.size() ? key.get(fixed).column() : -1;
        ColumnConditions.Bound lower = known.lower(next).orElse(null);
        ColumnConditions.Bound upper = known.upper(next).orElse(null);
        remove(residual, lower);
        remove(residual, upper);
        ScanRange range = new ScanRange(
                equal,
                lower == null ? null : lower.value(),
                lower != null && lower.comparison() == Comparison.AT_LEAST,
                upper == null ? null : upper.value(),
                upper != null && upper.comparison() == Comparison.AT_MOST);
        int score = fixed * FIXED + (lower != null || upper != null ? RANGE : 0);
        return new Path(indexId, range, null, residual, key, fixed, partitions(), score);
    }

    private List<KeyPart> parts(List<KeyColumn> columns) {
        return columns.stream()
                .map(column -> new KeyPart(position(column), column.descending()))
                .toList();
    }

    private static void remove(List<Expression> residual, ColumnConditions.@Nullable Bound bound) {
        if (bound != null && bound.settled()) {
            residual.removeIf(condition -> condition == bound.condition());
        }
    }

    /** The series that the first key columns name, and the times. */
    private Path series(List<KeyPart> key) {
        List<KeyPart> seriesKey = key.subList(0, key.size() - 1);
        List<Expression> residual = new ArrayList<>(conditions);
        List<List<Expression>> keys = new ArrayList<>();
        long combinations = 1;
        int fixed = 0;
        for (KeyPart part : seriesKey) {
            Optional<ColumnConditions.Alternatives> values = known.alternatives(part.column());
            if (values.isEmpty() || combinations * values.get().values().size() > MAX_SERIES) {
                break;
            }
            combinations *= values.get().values().size();
            residual.removeIf(condition -> condition == values.get().condition());
            keys.add(values.get().values());
            fixed += combinations == 1 ? 1 : 0;
        }
        List<SeriesAccess.Bound> keyBounds = keys.size() < seriesKey.size()
                ? settle(seriesKey.get(keys.size()).column(), residual)
                : List.of();
        int time = key.get(key.size() - 1).column();
        List<SeriesAccess.Bound> times = new ArrayList<>();
        known.bounds(time).stream().filter(bound -> !bound.settled()).forEach(bound -> times.add(bound(bound)));
        times.addAll(settle(time, residual));
        SeriesAccess access = new SeriesAccess(
                seriesKey.stream().map(part -> id(part.column())).toList(),
                id(time),
                keys,
                keyBounds,
                times,
                hints(key, residual),
                false);
        int score = keys.size() * FIXED + (keyBounds.isEmpty() && times.isEmpty() ? 0 : RANGE);
        return new Path(0, ScanRange.ALL, access, residual, key, fixed, partitions(), score);
    }

    private int id(int column) {
        return container.columns().get(column).id();
    }

    private static SeriesAccess.Bound bound(ColumnConditions.Bound bound) {
        return new SeriesAccess.Bound(bound.comparison(), bound.value());
    }

    /** The bounds that make their conditions superfluous. */
    private List<SeriesAccess.Bound> settle(int column, List<Expression> residual) {
        List<SeriesAccess.Bound> settled = new ArrayList<>();
        for (ColumnConditions.Bound bound : known.bounds(column)) {
            if (bound.settled()) {
                settled.add(bound(bound));
                remove(residual, bound);
            }
        }
        return settled;
    }

    private List<SeriesAccess.Hint> hints(List<KeyPart> key, List<Expression> residual) {
        List<SeriesAccess.Hint> hints = new ArrayList<>();
        for (int column = 0; column < container.columns().size(); column++) {
            int position = column;
            TypeKind kind = container.columns().get(column).type().kind();
            if (kind == TypeKind.CHAR
                    || kind == TypeKind.ARRAY
                    || key.stream().anyMatch(part -> part.column() == position)) {
                continue;
            }
            for (ColumnConditions.Bound bound : known.bounds(column)) {
                if (residual.stream().anyMatch(condition -> condition == bound.condition())) {
                    hints.add(new SeriesAccess.Hint(id(column), bound(bound)));
                }
            }
        }
        return hints;
    }

    private ScanPartitions partitions() {
        if (container.partitioning() instanceof Partitioning.Whole whole) {
            return new ScanPartitions.One(whole.partition());
        }
        List<List<Expression>> values = new ArrayList<>();
        long combinations = 1;
        for (int columnId : ((Partitioning.Hash) container.partitioning()).columnIds()) {
            Optional<ColumnConditions.Alternatives> alternatives = known.alternatives(container.columnIndex(columnId));
            if (alternatives.isEmpty()) {
                return new ScanPartitions.All();
            }
            values.add(alternatives.get().values());
            combinations *= alternatives.get().values().size();
            if (combinations > MAX_PARTITION_VALUES) {
                return new ScanPartitions.All();
            }
        }
        return combinations == 1
                ? new ScanPartitions.OfValues(
                        values.stream().map(each -> each.get(0)).toList())
                : new ScanPartitions.OfAlternatives(values);
    }
}
