package io.trellisdb.sql.operator;

import static io.trellisdb.sql.operator.Plans.BIG;
import static io.trellisdb.sql.operator.Plans.DOUBLE;
import static io.trellisdb.sql.operator.Plans.INT;
import static io.trellisdb.sql.operator.Plans.TEXT;
import static io.trellisdb.sql.operator.Plans.column;
import static io.trellisdb.sql.operator.Plans.compare;
import static io.trellisdb.sql.operator.Plans.literal;
import static io.trellisdb.sql.operator.Plans.output;
import static io.trellisdb.sql.operator.Plans.row;
import static io.trellisdb.sql.operator.Plans.rows;
import static io.trellisdb.sql.operator.Plans.run;
import static io.trellisdb.sql.operator.Plans.types;
import static io.trellisdb.sql.operator.Plans.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Recursion;
import io.trellisdb.sql.plan.RecursionInput;
import io.trellisdb.sql.plan.SetOperation;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.Unnest;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.testing.SeededSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimpleOperatorsTest {
    private static final Values NUMBERS = values(types(INT), row(3), row(1), row((Object) null), row(2), row(1));

    @Test
    void filtersKeepOnlyWhatIsTrue() {
        Filter plan = new Filter(NUMBERS, compare(">", column(NUMBERS, 0), literal(1)), NUMBERS.output());
        assertEquals(rows(row(3), row(2)), run(plan));
    }

    @Test
    void projectionsComputeColumns() {
        Project plan = new Project(
                NUMBERS,
                List.of(new Call("+", List.of(column(NUMBERS, 0), literal(1)), INT), new Literal("x", TEXT)),
                output(INT, TEXT));
        assertEquals(rows(row(4, "x"), row(2, "x"), row(null, "x"), row(3, "x"), row(2, "x")), run(plan));
    }

    @Test
    void limitsCountRowsAndRefuseNegatives() {
        Limit plan = new Limit(NUMBERS, literal(1), literal(2), NUMBERS.output());
        assertEquals(rows(row(1), row((Object) null)), run(plan));
        Limit byParameter = new Limit(NUMBERS, null, new Parameter(0, BIG), NUMBERS.output());
        var services = new Plans.TestServices(Catalog.empty(), Map.of(), 1);
        var negative = Plans.context(services, 1 << 20, Plans.parameters(List.of(BIG), -1L));
        TrellisException e = assertThrows(TrellisException.class, () -> run(byParameter, negative));
        assertEquals(ErrorCode.INVALID_LIMIT, e.code());
        var none = Plans.context(services, 1 << 20, Plans.parameters(List.of(BIG), (Object) null));
        assertEquals(5, run(byParameter, none).size());
    }

    @Test
    void ordersPutNullsWhereTheyAreWanted() {
        Sort ascending = new Sort(NUMBERS, List.of(SortKey.ascending(0)), null, null, NUMBERS.output());
        assertEquals(rows(row(1), row(1), row(2), row(3), row((Object) null)), run(ascending));
        Sort descending =
                new Sort(NUMBERS, List.of(new SortKey(0, true, true)), literal(1), literal(2), NUMBERS.output());
        assertEquals(rows(row(3), row(2)), run(descending));
    }

    @Test
    void sortsAreStableAndTopRowsAreTheirPrefix() {
        new SeededSuite("sorts", 8, 0.05).run(random -> {
            Object[][] data = new Object[30_000][];
            for (int i = 0; i < data.length; i++) {
                data[i] = row(
                        random.nextInt(50) == 0 ? null : (Integer) random.nextInt(3000), random.nextDouble() - 0.5, i);
            }
            Values input = values(types(INT, DOUBLE, INT), data);
            boolean descending = random.nextBoolean();
            boolean nullsFirst = random.nextBoolean();
            List<SortKey> keys = List.of(new SortKey(0, descending, nullsFirst));
            List<List<Object>> expected = new ArrayList<>(rows(data));
            Comparator<Integer> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            expected.sort(Comparator.comparing(
                    (List<Object> r) -> (Integer) r.get(0),
                    nullsFirst ? Comparator.nullsFirst(order) : Comparator.nullsLast(order)));
            assertEquals(expected, run(new Sort(input, keys, null, null, input.output())));
            int offset = random.nextInt(20);
            int limit = random.nextInt(300);
            Sort top = new Sort(input, keys, literal(offset), literal(limit), input.output());
            assertEquals(expected.subList(offset, offset + limit), run(top));
        });
    }

    @Test
    void setOperationsCountAsTheStandardSays() {
        new SeededSuite("set-operations", 40, 0.05).run(random -> {
            List<Values> inputs = new ArrayList<>();
            List<List<List<Object>>> contents = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(2); i++) {
                Object[][] data = new Object[random.nextInt(8)][];
                for (int k = 0; k < data.length; k++) {
                    data[k] = row(random.nextInt(5) == 0 ? null : (Object) random.nextInt(3), "x");
                }
                inputs.add(values(types(INT, TEXT), data));
                contents.add(rows(data));
            }
            for (SetOperation.Kind kind : SetOperation.Kind.values()) {
                for (boolean all : new boolean[] {true, false}) {
                    SetOperation plan = new SetOperation(
                            List.copyOf(inputs), kind, all, inputs.get(0).output());
                    assertEquals(
                            Plans.sorted(reference(contents, kind, all)),
                            Plans.sorted(run(plan)),
                            kind + " all " + all);
                }
            }
        });
    }

    private static List<List<Object>> reference(List<List<List<Object>>> inputs, SetOperation.Kind kind, boolean all) {
        List<List<Object>> result = new ArrayList<>(inputs.get(0));
        for (List<List<Object>> next : inputs.subList(1, inputs.size())) {
            List<List<Object>> rest = new ArrayList<>(next);
            switch (kind) {
                case UNION -> result.addAll(next);
                case INTERSECT -> result.removeIf(r -> all ? !rest.remove(r) : !rest.contains(r));
                case EXCEPT -> result.removeIf(r -> all ? rest.remove(r) : rest.contains(r));
            }
        }
        return all ? result : new ArrayList<>(new LinkedHashSet<>(result));
    }

    @Test
    void arraysAreUnnestedWithTheirNumbers() {
        DataType array = DataType.array(INT);
        Values input = values(
                types(TEXT, array),
                row("a", List.of(7, 8)),
                row("b", List.of()),
                row("c", null),
                row("d", Arrays.asList((Object) null)));
        Unnest plan = new Unnest(input, new ColumnRef(1, array), true, output(TEXT, array, INT, INT));
        assertEquals(
                rows(
                        row("a", List.of(7, 8), 7, 1),
                        row("a", List.of(7, 8), 8, 2),
                        row("d", Arrays.asList((Object) null), null, 1)),
                run(plan));
    }

    @Test
    void recursionRunsUntilNothingIsNew() {
        Values seed = values(types(INT), row(1));
        RecursionInput last = new RecursionInput("n", output(INT));
        PlanNode next =
                new Project(last, List.of(new Call("+", List.of(new ColumnRef(0, INT), literal(1)), INT)), output(INT));
        PlanNode bounded = new Filter(next, compare("<=", new ColumnRef(0, INT), literal(5)), output(INT));
        assertEquals(
                rows(row(1), row(2), row(3), row(4), row(5)),
                run(new Recursion("n", seed, bounded, true, output(INT))));
        PlanNode modulo = new Project(
                next, List.of(new Call("MOD", List.of(new ColumnRef(0, INT), literal(3)), INT)), output(INT));
        assertEquals(rows(row(1), row(2), row(0)), run(new Recursion("n", seed, modulo, false, output(INT))));
        PlanNode endless = new Project(last, List.of(new ColumnRef(0, INT)), output(INT));
        TrellisException e =
                assertThrows(TrellisException.class, () -> run(new Recursion("n", seed, endless, true, output(INT))));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, e.code());
    }

    @Test
    void cancelledStatementsEnd() {
        var context = Plans.context(new Plans.TestServices(Catalog.empty(), Map.of(), 1));
        context.cancel();
        TrellisException e = assertThrows(TrellisException.class, () -> run(NUMBERS, context));
        assertEquals(ErrorCode.STATEMENT_CANCELLED, e.code());
    }

    @Test
    void valuesMayHaveNoColumns() {
        Values three = new Values(List.of(List.of(), List.of(), List.of()), List.of());
        var plan = Plans.group(three, List.of(), Plans.aggregate("COUNT", BIG));
        assertEquals(rows(row(3L)), run(plan));
    }
}
