package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.storage.ColumnBound;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.SeriesRanges;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series and times that a scan of a time series reads with the actual values.
 *
 * @param all every range, ascending and disjoint
 * @param byPartition the ranges of each partition, when the key columns given decide about the partition; otherwise null
 * @param from the first timestamp in the column's unit
 * @param to the last one, included; less than {@code from} when there is none
 */
record SeriesBounds(List<KeyRange> all, @Nullable Map<Integer, List<KeyRange>> byPartition, long from, long to) {
    /** How far a local time can be from UTC. */
    private static final int MAX_OFFSET_SECONDS = 18 * 3600;

    private static final SeriesBounds NONE = new SeriesBounds(List.of(), null, 0, -1);

    static SeriesBounds of(
            SeriesAccess access, ContainerDescriptor container, int partitionCount, EvaluationContext context) {
        DataType time = container.column(access.timeColumn()).type();
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (SeriesAccess.Bound bound : access.times()) {
            ColumnVector value = ScanBounds.value(bound.value(), bound.value().type(), context);
            if (value.isNull(0)) {
                return NONE;
            }
            Times times = times(bound.comparison(), value, time.precision(), context.zone());
            from = Math.max(from, times.from);
            to = Math.min(to, times.to);
        }
        return from > to ? NONE : new Search(access, container, partitionCount, context).find(from, to);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The ranges that can have rows in a partition. */
    List<KeyRange> of(int partition) {
        return byPartition == null ? all : byPartition.getOrDefault(partition, List.of());
    }

    /** Hints for the store about other columns; one with a NULL says nothing. */
    static List<ColumnBound> hints(SeriesAccess access, ContainerDescriptor container, EvaluationContext context) {
        List<ColumnBound> hints = new ArrayList<>();
        for (SeriesAccess.Hint hint : access.hints()) {
            SeriesAccess.Comparison comparison = hint.bound().comparison();
            DataType type = container.column(hint.columnId()).type();
            Object value = ScanBounds.value(hint.bound().value(), type, context).value(0);
            if (value != null) {
                hints.add(new ColumnBound(
                        hint.columnId(), comparison.isLower() ? value : null, comparison.isUpper() ? value : null));
            }
        }
        return hints;
    }

    /** An interval of time, both ends included. */
    private record Times(long from, long to) {}

    private static Times times(SeriesAccess.Comparison comparison, ColumnVector value, int precision, ZoneId zone) {
        long moment = ((LongVector) value).get(0);
        long factor = Boxing.powerOfTen(Math.max(0, value.type().precision() - precision));
        long floor = Math.floorDiv(moment, factor);
        long ceiling = Math.floorMod(moment, factor) == 0 ? floor : floor + 1;
        if (value.type().kind() == TypeKind.TIMESTAMP_LTZ) {
            return zoned(comparison, moment, value.type().precision(), precision, zone);
        }
        return switch (comparison) {
            case LESS -> ceiling == Long.MIN_VALUE ? new Times(0, -1) : new Times(Long.MIN_VALUE, ceiling - 1);
            case AT_MOST -> new Times(Long.MIN_VALUE, floor);
            case EQUAL -> new Times(ceiling, floor);
            case AT_LEAST -> new Times(ceiling, Long.MAX_VALUE);
            case GREATER -> floor == Long.MAX_VALUE ? new Times(0, -1) : new Times(floor + 1, Long.MAX_VALUE);
        };
    }

    /** Local times that can be on the wanted side of an instant; the condition itself is asked of each row. */
    private static Times zoned(
            SeriesAccess.Comparison comparison, long instant, int finePrecision, int precision, ZoneId zone) {
        boolean isFixed = zone.getRules().isFixedOffset();
        int offset = isFixed
                ? zone.getRules().getStandardOffset(java.time.Instant.EPOCH).getTotalSeconds()
                : 0;
        long slack = isFixed ? 1 : MAX_OFFSET_SECONDS + 1;
        long perSecond = Boxing.powerOfTen(precision);
        long seconds = Boxing.seconds(instant, finePrecision) + offset;
        return new Times(
                comparison.isLower() ? saturated(seconds - slack, perSecond) : Long.MIN_VALUE,
                comparison.isUpper() ? saturated(seconds + slack + 1, perSecond) : Long.MAX_VALUE);
    }

    private static long saturated(long seconds, long perSecond) {
        long high = Math.multiplyHigh(seconds, perSecond);
        long low = seconds * perSecond;
        return high == low >> 63 ? low : high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Encodes the combinations of the key columns' alternatives. */
    private static final class Search {
        private final SeriesAccess access;
        private final ContainerDescriptor container;
        private final int partitionCount;
        private final EvaluationContext context;
        private final List<KeyCodec.KeyPart> parts = new ArrayList<>();

        Search(SeriesAccess access, ContainerDescriptor container, int partitionCount, EvaluationContext context) {
            this.access = access;
            this.container = container;
            this.partitionCount = partitionCount;
            this.context = context;
            for (KeyColumn column : container.primaryKey()) {
                parts.add(
                        new KeyCodec.KeyPart(container.column(column.columnId()).type(), column.descending()));
            }
        }

        /** The first values of a series key, encoded and as they are. */
        private record Prefix(byte[] key, List<Object> values) {}

        SeriesBounds find(long from, long to) {
            if (access.keys().isEmpty() && access.keyBounds().isEmpty()) {
                return new SeriesBounds(SeriesRanges.ALL, null, from, to);
            }
            KeyCodec codec = new KeyCodec(parts);
            List<Prefix> prefixes = List.of(new Prefix(new byte[0], List.of()));
            for (int i = 0; i < access.keys().size(); i++) {
                prefixes = extended(prefixes, codec, i);
            }
            List<Integer> routing = routingPlaces();
            List<Located> located = new ArrayList<>();
            for (Prefix prefix : prefixes) {
                KeyRange range = range(codec, prefix.key());
                if (range != null) {
                    located.add(new Located(range, partition(prefix, routing)));
                }
            }
            located.sort((a, b) -> Arrays.compareUnsigned(start(a.range), start(b.range)));
            return collected(located, !routing.isEmpty(), from, to);
        }

        /** A range and the partition that holds it, or -1 when any may. */
        private record Located(KeyRange range, int partition) {}

        private static byte[] start(KeyRange range) {
            byte[] from = range.from();
            return from == null ? new byte[0] : from;
        }

        private static SeriesBounds collected(List<Located> located, boolean isRouted, long from, long to) {
            List<KeyRange> all = new ArrayList<>();
            Map<Integer, List<KeyRange>> byPartition = new HashMap<>();
            KeyRange before = null;
            for (Located each : located) {
                if (!each.range.equals(before)) {
                    all.add(each.range);
                    byPartition
                            .computeIfAbsent(each.partition, p -> new ArrayList<>())
                            .add(each.range);
                }
                before = each.range;
            }
            return all.isEmpty() ? NONE : new SeriesBounds(all, isRouted ? byPartition : null, from, to);
        }

        private List<Prefix> extended(List<Prefix> prefixes, KeyCodec codec, int part) {
            List<Prefix> longer = new ArrayList<>();
            DataType type = parts.get(part).type();
            for (Expression alternative : access.keys().get(part)) {
                ColumnVector value = ScanBounds.value(alternative, type, context);
                Object boxed = value.value(0);
                if (boxed == null) {
                    continue;
                }
                for (Prefix prefix : prefixes) {
                    List<Object> values = new ArrayList<>(prefix.values());
                    values.add(boxed);
                    longer.add(new Prefix(ScanBounds.key(codec, prefix.key(), part, value), values));
                }
            }
            return longer;
        }

        /** Where the partitioning columns are among the key columns given; nothing when they are not all there. */
        private List<Integer> routingPlaces() {
            List<Integer> places = new ArrayList<>();
            if (container.partitioning() instanceof Partitioning.Hash hash) {
                for (int columnId : hash.columnIds()) {
                    int place = access.keyColumns().indexOf(columnId);
                    if (place < 0 || place >= access.keys().size()) {
                        return List.of();
                    }
                    places.add(place);
                }
            }
            return places;
        }

        private int partition(Prefix prefix, List<Integer> routing) {
            if (routing.isEmpty()) {
                return -1;
            }
            List<DataType> types =
                    routing.stream().map(place -> parts.get(place).type()).toList();
            List<Object> values = routing.stream().map(prefix.values()::get).toList();
            return RoutingHash.partition(types, values, partitionCount);
        }

        /** The keys that begin with the prefix and are within the bounds of the next column; null when there are none. */
        private @Nullable KeyRange range(KeyCodec codec, byte[] prefix) {
            int part = access.keys().size();
            byte[] from = prefix;
            byte[] to = prefix.length == 0 ? null : KeyCodec.successor(prefix);
            for (SeriesAccess.Bound bound : access.keyBounds()) {
                ColumnVector value =
                        ScanBounds.value(bound.value(), parts.get(part).type(), context);
                if (value.isNull(0)) {
                    return null;
                }
                byte[] key = ScanBounds.key(codec, prefix, part, value);
                byte[] after = KeyCodec.successor(key);
                boolean descending = parts.get(part).descending();
                SeriesAccess.Comparison comparison = bound.comparison();
                boolean inclusive =
                        comparison != SeriesAccess.Comparison.LESS && comparison != SeriesAccess.Comparison.GREATER;
                if (descending ? comparison.isUpper() : comparison.isLower()) {
                    byte[] least = inclusive ? key : after;
                    if (least == null) {
                        return null;
                    }
                    from = Arrays.compareUnsigned(from, least) >= 0 ? from : least;
                }
                if (descending ? comparison.isLower() : comparison.isUpper()) {
                    byte[] end = inclusive ? after : key;
                    to = to == null || end != null && Arrays.compareUnsigned(end, to) < 0 ? end : to;
                }
            }
            return to != null && Arrays.compareUnsigned(from, to) >= 0 ? null : new KeyRange(from, to);
        }
    }
}
