package io.trellisdb.sql.operator;

import static io.trellisdb.sql.operator.Plans.BIG;
import static io.trellisdb.sql.operator.Plans.DOUBLE;
import static io.trellisdb.sql.operator.Plans.INT;
import static io.trellisdb.sql.operator.Plans.TEXT;
import static io.trellisdb.sql.operator.Plans.aggregate;
import static io.trellisdb.sql.operator.Plans.group;
import static io.trellisdb.sql.operator.Plans.output;
import static io.trellisdb.sql.operator.Plans.row;
import static io.trellisdb.sql.operator.Plans.rows;
import static io.trellisdb.sql.operator.Plans.run;
import static io.trellisdb.sql.operator.Plans.sorted;
import static io.trellisdb.sql.operator.Plans.types;
import static io.trellisdb.sql.operator.Plans.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.SetOperation;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.testing.SeededSuite;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AggregateOperatorTest {
    private static Object single(PlanNode input, AggregateCall call) {
        return run(group(input, List.of(), call)).get(0).get(0);
    }

    private static Values ints(Integer... numbers) {
        Object[][] rows = Arrays.stream(numbers).map(n -> row(n)).toArray(Object[][]::new);
        return values(types(INT), rows);
    }

    @Test
    void averagesOfIntegersAreNotIntegers() {
        assertEquals(7.0 / 3, single(ints(1, 2, 4), aggregate("AVG", DOUBLE, 0)));
        assertEquals(new BigDecimal("2.333333"), single(ints(1, 2, 4), aggregate("AVG", DataType.decimal(20, 6), 0)));
        assertEquals(Math.sqrt(7.0 / 3), (Double) single(ints(1, 2, 4), aggregate("STDDEV_SAMP", DOUBLE, 0)), 1e-15);
        assertEquals(14.0 / 9, (Double) single(ints(1, 2, 4), aggregate("VAR_POP", DOUBLE, 0)), 1e-15);
    }

    @Test
    void sumsAreCheckedWhereTheyAreRead() {
        Values maxima = values(types(BIG), row(Long.MAX_VALUE), row(Long.MAX_VALUE));
        TrellisException e = assertThrows(TrellisException.class, () -> single(maxima, aggregate("SUM", BIG, 0)));
        assertEquals(ErrorCode.NUMBER_OUT_OF_RANGE, e.code());
        assertEquals(
                new BigDecimal("18446744073709551614"), single(maxima, aggregate("SUM", DataType.decimal(38, 0), 0)));
        Values back = values(types(BIG), row(Long.MAX_VALUE), row(1L), row(-1L));
        assertEquals(Long.MAX_VALUE, single(back, aggregate("SUM", BIG, 0)));
    }

    @Test
    void emptyInputGivesOneRowWithoutKeysAndNoneWithKeys() {
        Values none = values(types(INT));
        assertEquals(
                rows(row(0L, null, null, null, null)),
                run(group(
                        none,
                        List.of(),
                        aggregate("COUNT", BIG),
                        aggregate("SUM", BIG, 0),
                        aggregate("MIN", INT, 0),
                        aggregate("ARRAY_AGG", DataType.array(INT), 0),
                        aggregate("BOOL_AND", DataType.BOOLEAN, 0))));
        assertEquals(List.of(), run(group(none, List.of(0), aggregate("COUNT", BIG))));
    }

    @Test
    void nullsTakeNoPart() {
        assertEquals(
                rows(row(3L, 2L, 3L, 1, 2, 1.5)),
                run(group(
                        ints(1, null, 2),
                        List.of(),
                        aggregate("COUNT", BIG),
                        aggregate("COUNT", BIG, 0),
                        aggregate("SUM", BIG, 0),
                        aggregate("MIN", INT, 0),
                        aggregate("MAX", INT, 0),
                        aggregate("AVG", DOUBLE, 0))));
    }

    @Test
    void keysGroupNullsAndZerosTogether() {
        Values input = values(
                types(DOUBLE, INT),
                row(0.0, 1),
                row(-0.0, 2),
                row(Double.NaN, 3),
                row(null, 4),
                row(Double.NaN, 5),
                row(null, 6));
        assertEquals(
                rows(row(0.0, 3L), row(Double.NaN, 8L), row(null, 10L)),
                run(group(input, List.of(0), aggregate("SUM", BIG, 1))));
        Values texts = values(types(TEXT, INT), row("a", 1), row("", 2), row(null, 3), row("a", 4));
        assertEquals(
                rows(row("a", 5L), row("", 2L), row(null, 3L)),
                run(group(texts, List.of(0), aggregate("SUM", BIG, 1))));
    }

    @Test
    void distinctFilterAndOrderAreKept() {
        Values input = values(
                types(INT, TEXT, DataType.BOOLEAN),
                row(2, "b", true),
                row(1, "a", false),
                row(2, "c", true),
                row(3, "a", null));
        AggregateCall distinct = new AggregateCall("COUNT", List.of(0), true, -1, List.of(), BIG);
        AggregateCall sumDistinct = new AggregateCall("SUM", List.of(0), true, -1, List.of(), BIG);
        AggregateCall filtered = new AggregateCall("COUNT", List.of(), false, 2, List.of(), BIG);
        AggregateCall list = new AggregateCall(
                "LISTAGG", List.of(1), false, -1, List.of(new SortKey(0, true, false), SortKey.ascending(1)), TEXT);
        AggregateCall array = new AggregateCall(
                "ARRAY_AGG", List.of(1), true, -1, List.of(SortKey.ascending(1)), DataType.array(TEXT));
        assertEquals(
                rows(row(3L, 6L, 2L, "abca", List.of("a", "b", "c"))),
                run(group(input, List.of(), distinct, sumDistinct, filtered, list, array)));
    }

    @Test
    void orderedSetsFollowTheStandard() {
        Values input =
                values(types(DOUBLE, INT), row(0.5, 10), row(0.5, 20), row(0.5, null), row(0.5, 40), row(0.5, 30));
        List<SortKey> order = List.of(SortKey.ascending(1));
        AggregateCall continuous = new AggregateCall("PERCENTILE_CONT", List.of(0), false, -1, order, DOUBLE);
        AggregateCall discrete = new AggregateCall("PERCENTILE_DISC", List.of(0), false, -1, order, INT);
        AggregateCall mode = new AggregateCall("MODE", List.of(0), false, -1, List.of(), DOUBLE);
        assertEquals(rows(row(25.0, 20, 0.5)), run(group(input, List.of(), continuous, discrete, mode)));
    }

    @Test
    void singleValueRefusesASecondRow() {
        assertEquals(null, single(ints((Integer) null), aggregate("SINGLE_VALUE", INT, 0)));
        TrellisException e =
                assertThrows(TrellisException.class, () -> single(ints(1, 1), aggregate("SINGLE_VALUE", INT, 0)));
        assertEquals(ErrorCode.CARDINALITY_VIOLATION, e.code());
    }

    @Test
    void firstAndLastFollowTimeAndTimeAverageFollowsTheTrapezoid() {
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
        Values input = values(
                types(DOUBLE, DataType.timestamp(3)),
                row(2.0, start.plusSeconds(20)),
                row(4.0, start),
                row(1.0, start.plusSeconds(40)),
                row(3.0, start.plusSeconds(10)),
                row(9.0, null));
        assertEquals(
                rows(row(4.0, 1.0, 2.25, 9.0)),
                run(group(
                        input,
                        List.of(),
                        aggregate("FIRST", DOUBLE, 0, 1),
                        aggregate("LAST", DOUBLE, 0, 1),
                        aggregate("TIME_AVG", DOUBLE, 0, 1),
                        aggregate("MAX_BY", DOUBLE, 0, 0))));
    }

    @Test
    void groupingSetsNumberTheirRows() {
        Values input = values(types(TEXT, INT, INT), row("a", 1, 10), row("a", 2, 20), row("b", 1, 40));
        Aggregate plan = new Aggregate(
                input,
                Aggregate.Mode.SINGLE,
                List.of(0, 1),
                List.of(List.of(0, 1), List.of(0), List.of()),
                List.of(aggregate("SUM", BIG, 2)),
                output(TEXT, INT, BIG, INT));
        assertEquals(
                rows(
                        row("a", 1, 10L, 0),
                        row("a", 2, 20L, 0),
                        row("b", 1, 40L, 0),
                        row("a", null, 30L, 1),
                        row("b", null, 40L, 1),
                        row(null, null, 70L, 2)),
                run(plan));
    }

    @Test
    void doublesSumTheSameInAnyOrderWhileFewDigitsCancel() {
        new SeededSuite("double-sums", 20, 0.05).run(random -> {
            List<Object[]> numbers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(11));
                numbers.add(row(value));
                numbers.add(row(-value));
            }
            numbers.add(row(1e-3));
            java.util.Collections.shuffle(numbers, random);
            Values input = values(types(DOUBLE), numbers.toArray(Object[][]::new));
            assertEquals(1e-3, single(input, aggregate("SUM", DOUBLE, 0)));
        });
    }

    @Test
    void twoPhasesGiveWhatOneGives() {
        AggregateCall[] calls = {
            aggregate("COUNT", BIG),
            aggregate("COUNT", BIG, 1),
            aggregate("SUM", BIG, 1),
            aggregate("SUM", DOUBLE, 2),
            aggregate("MIN", TEXT, 3),
            aggregate("MAX", INT, 1),
            aggregate("AVG", DataType.decimal(20, 6), 1),
            aggregate("AVG", DOUBLE, 2),
            aggregate("STDDEV_POP", DOUBLE, 2),
            aggregate("COVAR_SAMP", DOUBLE, 1, 2),
            aggregate("MIN_BY", TEXT, 3, 2),
            aggregate("BIT_OR", INT, 1),
            aggregate("SUM0", BIG, 1),
        };
        new SeededSuite("two-phase-aggregates", 20, 0.05).run(random -> {
            Values left = randomRows(random);
            Values right = randomRows(random);
            SetOperation both = union(left, right);
            List<List<Object>> expected = run(group(both, List.of(0), calls));
            SetOperation parts = union(partial(left, calls), partial(right, calls));
            assertClose(sorted(expected), sorted(run(last(parts, calls))));
        });
    }

    private static void assertClose(List<List<Object>> expected, List<List<Object>> actual) {
        assertEquals(expected.size(), actual.size());
        for (int row = 0; row < expected.size(); row++) {
            for (int i = 0; i < expected.get(row).size(); i++) {
                Object wanted = expected.get(row).get(i);
                Object found = actual.get(row).get(i);
                // moments are merged with rounding, everything else is exact
                if (wanted instanceof Double number && (i == 9 || i == 10)) {
                    assertEquals(number, (Double) found, 1e-9 * Math.max(1, Math.abs(number)));
                } else {
                    assertEquals(wanted, found, "column " + i);
                }
            }
        }
    }

    private static SetOperation union(PlanNode a, PlanNode b) {
        return new SetOperation(List.of(a, b), SetOperation.Kind.UNION, true, a.output());
    }

    private static Values randomRows(Random random) {
        Object[][] rows = new Object[random.nextInt(50)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(
                    random.nextInt(5),
                    random.nextInt(4) == 0 ? null : (Integer) random.nextInt(100),
                    random.nextInt(4) == 0 ? null : (Double) random.nextDouble(),
                    random.nextInt(4) == 0 ? null : "t" + random.nextInt(10));
        }
        return values(types(INT, INT, DOUBLE, TEXT), rows);
    }

    private static Aggregate partial(PlanNode input, AggregateCall[] calls) {
        List<OutputColumn> output = new ArrayList<>();
        output.add(input.output().get(0));
        for (AggregateCall call : calls) {
            for (DataType type : stateTypes(input, call)) {
                output.add(new OutputColumn("state", type, true));
            }
        }
        return new Aggregate(input, Aggregate.Mode.PARTIAL, List.of(0), List.of(List.of(0)), List.of(calls), output);
    }

    private static List<DataType> stateTypes(PlanNode input, AggregateCall call) {
        return Aggregates.partialStateTypes(
                call,
                call.arguments().stream().map(a -> input.output().get(a).type()).toList());
    }

    private static Aggregate last(PlanNode parts, AggregateCall[] calls) {
        PlanNode input = randomRows(new Random(1));
        List<AggregateCall> finals = new ArrayList<>();
        List<OutputColumn> output = new ArrayList<>();
        output.add(parts.output().get(0));
        int at = 1;
        for (AggregateCall call : calls) {
            List<Integer> states = new ArrayList<>();
            for (int i = 0; i < stateTypes(input, call).size(); i++) {
                states.add(at++);
            }
            finals.add(new AggregateCall(call.function(), states, false, -1, List.of(), call.type()));
            output.add(new OutputColumn(call.function(), call.type(), true));
        }
        return new Aggregate(parts, Aggregate.Mode.FINAL, List.of(0), List.of(List.of(0)), finals, output);
    }

    @Test
    void memoryIsBoundedAndReleased() {
        Object[][] many = new Object[20_000][];
        for (int i = 0; i < many.length; i++) {
            many[i] = row("key " + i);
        }
        Aggregate plan = group(values(types(TEXT), many), List.of(0), aggregate("COUNT", BIG));
        assertEquals(20_000, run(plan).size());
        var services = new Plans.TestServices(Catalog.empty(), Map.of(), 1);
        var small = Plans.context(services, 200_000, new io.trellisdb.common.batch.Batch(1));
        TrellisException e = assertThrows(TrellisException.class, () -> run(plan, small));
        assertEquals(ErrorCode.OUT_OF_MEMORY, e.code());
        assertEquals(0, small.memory().usedBytes());
    }
}
