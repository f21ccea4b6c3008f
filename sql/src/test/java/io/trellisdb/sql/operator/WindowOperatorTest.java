package io.trellisdb.sql.operator;

import static io.trellisdb.sql.operator.Plans.BIG;
import static io.trellisdb.sql.operator.Plans.DOUBLE;
import static io.trellisdb.sql.operator.Plans.INT;
import static io.trellisdb.sql.operator.Plans.TEXT;
import static io.trellisdb.sql.operator.Plans.row;
import static io.trellisdb.sql.operator.Plans.run;
import static io.trellisdb.sql.operator.Plans.types;
import static io.trellisdb.sql.operator.Plans.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.sql.plan.WindowCall;
import io.trellisdb.sql.plan.WindowGroup;
import io.trellisdb.sql.plan.WindowGroup.Bound;
import io.trellisdb.sql.plan.WindowGroup.Exclude;
import io.trellisdb.sql.plan.WindowGroup.Frame;
import io.trellisdb.sql.plan.WindowGroup.Unit;
import io.trellisdb.testing.SeededSuite;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowOperatorTest {
    private static final Bound FIRST = new Bound.Unbounded();
    private static final Bound CURRENT = new Bound.CurrentRow();
    private static final Frame WHOLE = new Frame(Unit.ROWS, FIRST, FIRST, Exclude.NO_OTHERS);
    private static final Frame SO_FAR = new Frame(Unit.RANGE, FIRST, CURRENT, Exclude.NO_OTHERS);

    private static Bound preceding(int count) {
        return new Bound.Offset(new Literal(count, INT), true);
    }

    private static Bound following(int count) {
        return new Bound.Offset(new Literal(count, INT), false);
    }

    private static WindowCall call(String function, DataType type, Integer... arguments) {
        return new WindowCall(function, List.of(arguments), false, false, type);
    }

    private static Window window(
            Values input, List<Integer> partition, List<SortKey> order, Frame frame, WindowCall... calls) {
        List<OutputColumn> output = new ArrayList<>(input.output());
        for (WindowCall call : calls) {
            output.add(new OutputColumn(call.function(), call.type(), true));
        }
        return new Window(input, List.of(new WindowGroup(partition, order, frame, List.of(calls))), output);
    }

    /** The results only, in the input's order. */
    private static List<List<Object>> results(Window plan) {
        int width = plan.input().output().size();
        return run(plan).stream().map(r -> r.subList(width, r.size())).toList();
    }

    @Test
    void rankingFunctionsFollowTheStandard() {
        Values input = values(types(INT), row(10), row(30), row(20), row(20));
        assertEquals(
                Plans.rows(
                        row(1L, 1L, 1L, 0.0, 0.25, 1L),
                        row(4L, 4L, 3L, 1.0, 1.0, 3L),
                        row(2L, 2L, 2L, 1 / 3.0, 0.75, 1L),
                        row(3L, 2L, 2L, 1 / 3.0, 0.75, 2L)),
                results(window(
                        values(types(INT, INT), row(10, 3), row(30, 3), row(20, 3), row(20, 3)),
                        List.of(),
                        List.of(SortKey.ascending(0)),
                        SO_FAR,
                        call("ROW_NUMBER", BIG),
                        call("RANK", BIG),
                        call("DENSE_RANK", BIG),
                        call("PERCENT_RANK", DOUBLE),
                        call("CUME_DIST", DOUBLE),
                        call("NTILE", BIG, 1))));
        assertEquals(
                4,
                run(window(input, List.of(), List.of(), WHOLE, call("ROW_NUMBER", BIG)))
                        .size());
    }

    @Test
    void anEmptyFrameGivesNullAndCountZero() {
        Values input = values(types(INT), row(1), row(2));
        Frame others = new Frame(Unit.ROWS, CURRENT, CURRENT, Exclude.CURRENT_ROW);
        assertEquals(
                Plans.rows(row(null, 0L, null, null), row(null, 0L, null, null)),
                results(window(
                        input,
                        List.of(),
                        List.of(SortKey.ascending(0)),
                        others,
                        call("SUM", BIG, 0),
                        call("COUNT", BIG),
                        call("AVG", DOUBLE, 0),
                        call("FIRST_VALUE", INT, 0))));
    }

    @Test
    void lagAndLeadPassOverNullsWhenTold() {
        Values input = values(
                types(INT, TEXT, INT, TEXT),
                row(1, "a", 1, "z"),
                row(2, null, 1, "z"),
                row(3, "c", 2, "z"),
                row(4, null, 1, "z"));
        WindowCall lag = new WindowCall("LAG", List.of(1), false, true, TEXT);
        assertEquals(
                Plans.rows(row("z", null, null), row("a", "c", "a"), row("a", "z", "a"), row("c", "z", "c")),
                results(window(
                        input,
                        List.of(),
                        List.of(SortKey.ascending(0)),
                        SO_FAR,
                        call("LAG", TEXT, 1, 2, 3),
                        call("LEAD", TEXT, 1, 2, 3),
                        lag)));
    }

    @Test
    void rangesOfTimeUseIntervals() {
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
        DataType micros = DataType.timestamp(6);
        Values input = values(
                types(micros, INT),
                row(start, 1),
                row(start.plusSeconds(5), 2),
                row(start.plusSeconds(10), 4),
                row(start.plusNanos(10_000_001_000L), 8),
                row((Object) null, 16));
        Bound tenSeconds = new Bound.Offset(new Literal(Duration.ofSeconds(10), DataType.INTERVAL_NANO), true);
        Frame frame = new Frame(Unit.RANGE, tenSeconds, CURRENT, Exclude.NO_OTHERS);
        assertEquals(
                Plans.rows(row(1L), row(3L), row(7L), row(14L), row(16L)),
                results(window(input, List.of(), List.of(SortKey.ascending(0)), frame, call("SUM", BIG, 1))));
    }

    @Test
    void rangesDoNotOverflowAndRefuseNegativeOffsets() {
        Values input = values(types(BIG, INT), row(Long.MAX_VALUE, 1), row(Long.MIN_VALUE, 2));
        Frame frame = new Frame(Unit.RANGE, preceding(1), following(1), Exclude.NO_OTHERS);
        List<SortKey> order = List.of(SortKey.ascending(0));
        assertEquals(
                Plans.rows(row(1L), row(2L)), results(window(input, List.of(), order, frame, call("SUM", BIG, 1))));
        Frame negative = new Frame(Unit.ROWS, preceding(-1), CURRENT, Exclude.NO_OTHERS);
        TrellisException e = assertThrows(
                TrellisException.class, () -> run(window(input, List.of(), order, negative, call("SUM", BIG, 1))));
        assertEquals(ErrorCode.INVALID_PARAMETER, e.code());
    }

    @Test
    void framesAgreeWithTheirDefinition() {
        new SeededSuite("window-frames", 150, 0.05).run(random -> {
            int size = random.nextInt(4) == 0 ? 400 : random.nextInt(12);
            Object[][] data = new Object[size][];
            for (int i = 0; i < size; i++) {
                data[i] = row(
                        random.nextInt(3),
                        random.nextInt(6) == 0 ? null : (Object) random.nextInt(size / 3 + 1),
                        random.nextInt(5) == 0 ? null : (Object) random.nextInt(100),
                        random.nextDouble());
            }
            Values input = values(types(INT, INT, INT, DOUBLE), data);
            Frame frame = randomFrame(random);
            boolean descending = random.nextBoolean();
            List<SortKey> order = List.of(new SortKey(1, descending, random.nextBoolean()));
            boolean ignoreNulls = random.nextBoolean();
            WindowCall[] calls = {
                call("SUM", BIG, 2),
                call("COUNT", BIG, 2),
                call("MIN", INT, 2),
                call("AVG", DOUBLE, 2),
                new WindowCall("COUNT", List.of(2), true, false, BIG),
                call("ARRAY_AGG", DataType.array(INT), 2),
                new WindowCall("FIRST_VALUE", List.of(2), false, ignoreNulls, INT),
                new WindowCall("LAST_VALUE", List.of(2), false, ignoreNulls, INT),
                call("MAX", DOUBLE, 3),
            };
            List<List<Object>> actual = results(window(input, List.of(0), order, frame, calls));
            List<List<Object>> expected = new Reference(Plans.rows(data), order.get(0), frame, ignoreNulls).results();
            assertEquals(expected, actual, frame.toString() + order);
        });
    }

    private static Frame randomFrame(Random random) {
        Unit unit = List.of(Unit.values()).get(random.nextInt(3));
        Bound[] lowers = {
            FIRST, preceding(random.nextInt(100)), preceding(random.nextInt(4)), CURRENT, following(random.nextInt(3))
        };
        Bound[] uppers = {
            preceding(random.nextInt(3)), CURRENT, following(random.nextInt(4)), following(random.nextInt(100)), FIRST
        };
        Exclude exclude = List.of(Exclude.values()).get(random.nextInt(4));
        return new Frame(unit, lowers[random.nextInt(5)], uppers[random.nextInt(5)], exclude);
    }

    /** Frames by their definition: every row of the partition is asked whether it belongs. */
    private record Reference(List<List<Object>> rows, SortKey order, Frame frame, boolean ignoreNulls) {

        List<List<Object>> results() {
            List<List<Object>> results = new ArrayList<>();
            for (List<Object> row : rows) {
                results.add(result(row));
            }
            return results;
        }

        private int compare(List<Object> a, List<Object> b) {
            Integer x = (Integer) a.get(1);
            Integer y = (Integer) b.get(1);
            if (x == null || y == null) {
                return x == null && y == null ? 0 : (x == null) == order.nullsFirst() ? -1 : 1;
            }
            return order.descending() ? y.compareTo(x) : x.compareTo(y);
        }

        private List<Object> result(List<Object> row) {
            List<List<Object>> partition = new ArrayList<>();
            for (List<Object> other : rows) {
                if (other.get(0).equals(row.get(0))) {
                    partition.add(other);
                }
            }
            partition.sort(this::compare);
            int at = 0;
            while (partition.get(at) != row) {
                at++;
            }
            List<List<Object>> members = new ArrayList<>();
            for (int i = 0; i < partition.size(); i++) {
                if (isIn(partition, at, i) && !isExcluded(partition, at, i)) {
                    members.add(partition.get(i));
                }
            }
            return aggregate(members);
        }

        private boolean isIn(List<List<Object>> partition, int at, int i) {
            return reaches(partition, at, i, frame.lower(), true) && reaches(partition, at, i, frame.upper(), false);
        }

        private boolean reaches(List<List<Object>> partition, int at, int i, Bound bound, boolean lower) {
            if (bound instanceof Bound.Unbounded) {
                return true;
            }
            long distance = bound instanceof Bound.Offset offset
                    ? (offset.preceding() ? -1L : 1L) * (Integer) ((Literal) offset.offset()).value()
                    : 0;
            boolean offset = bound instanceof Bound.Offset;
            long position;
            switch (frame.unit()) {
                case ROWS -> position = (long) i - at;
                case GROUPS -> position = (long) group(partition, i) - group(partition, at);
                default -> {
                    Integer own = (Integer) partition.get(at).get(1);
                    Integer other = (Integer) partition.get(i).get(1);
                    if (!offset || own == null) {
                        position = compare(partition.get(i), partition.get(at));
                        distance = 0;
                    } else if (other == null) {
                        position = order.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
                    } else {
                        position = order.descending() ? own - other : other - own;
                    }
                }
            }
            return lower ? position >= distance : position <= distance;
        }

        private int group(List<List<Object>> partition, int i) {
            int group = 0;
            for (int k = 1; k <= i; k++) {
                group += compare(partition.get(k - 1), partition.get(k)) != 0 ? 1 : 0;
            }
            return group;
        }

        private boolean isExcluded(List<List<Object>> partition, int at, int i) {
            boolean peer = compare(partition.get(at), partition.get(i)) == 0;
            return switch (frame.exclude()) {
                case NO_OTHERS -> false;
                case CURRENT_ROW -> i == at;
                case GROUP -> peer;
                case TIES -> peer && i != at;
            };
        }

        private List<Object> aggregate(List<List<Object>> members) {
            List<Object> values = members.stream().map(r -> r.get(2)).toList();
            int[] present = values.stream()
                    .filter(Objects::nonNull)
                    .mapToInt(v -> (Integer) v)
                    .toArray();
            List<Object> candidates =
                    ignoreNulls ? values.stream().filter(Objects::nonNull).toList() : values;
            return Arrays.asList(
                    present.length == 0
                            ? null
                            : (Object) Arrays.stream(present).asLongStream().sum(),
                    (long) present.length,
                    present.length == 0
                            ? null
                            : (Object) Arrays.stream(present).min().getAsInt(),
                    present.length == 0
                            ? null
                            : (Object) Arrays.stream(present).average().getAsDouble(),
                    Arrays.stream(present).distinct().count(),
                    values.isEmpty() ? null : values,
                    candidates.isEmpty() ? null : candidates.get(0),
                    candidates.isEmpty() ? null : candidates.get(candidates.size() - 1),
                    members.isEmpty()
                            ? null
                            : members.stream()
                                    .mapToDouble(r -> (Double) r.get(3))
                                    .max()
                                    .getAsDouble());
        }
    }
}
