package io.trellisdb.sql.operator;

import static io.trellisdb.sql.operator.Plans.BIG;
import static io.trellisdb.sql.operator.Plans.INT;
import static io.trellisdb.sql.operator.Plans.TEXT;
import static io.trellisdb.sql.operator.Plans.output;
import static io.trellisdb.sql.operator.Plans.row;
import static io.trellisdb.sql.operator.Plans.rows;
import static io.trellisdb.sql.operator.Plans.run;
import static io.trellisdb.sql.operator.Plans.sorted;
import static io.trellisdb.sql.operator.Plans.types;
import static io.trellisdb.sql.operator.Plans.values;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.plan.Correlate;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.testing.SeededSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JoinOperatorTest {
    private static Join join(
            PlanNode left, PlanNode right, Join.Kind kind, List<Integer> keys, boolean nullSafe, Expression condition) {
        List<OutputColumn> output = new ArrayList<>(left.output());
        if (kind != Join.Kind.SEMI && kind != Join.Kind.ANTI) {
            output.addAll(right.output());
        }
        return new Join(
                left, right, kind, keys, keys, keys.stream().map(k -> nullSafe).toList(), condition, output);
    }

    @Test
    void everyKindOfJoinDoesWithPartnerlessRowsAsTheStandardSays() {
        Values left = values(types(INT, TEXT), row(1, "a"), row(2, "b"), row(null, "c"));
        Values right = values(types(INT, TEXT), row(2, "x"), row(2, "y"), row(3, "z"), row(null, "n"));
        List<Integer> key = List.of(0);
        assertEquals(
                rows(row(2, "b", 2, "x"), row(2, "b", 2, "y")),
                run(join(left, right, Join.Kind.INNER, key, false, null)));
        assertEquals(
                rows(row(2, "b", 2, "x"), row(2, "b", 2, "y"), row(1, "a", null, null), row(null, "c", null, null)),
                run(join(left, right, Join.Kind.LEFT, key, false, null)));
        assertEquals(
                rows(row(2, "b", 2, "x"), row(2, "b", 2, "y"), row(null, null, 3, "z"), row(null, null, null, "n")),
                run(join(left, right, Join.Kind.RIGHT, key, false, null)));
        assertEquals(6, run(join(left, right, Join.Kind.FULL, key, false, null)).size());
        assertEquals(rows(row(2, "b")), run(join(left, right, Join.Kind.SEMI, key, false, null)));
        assertEquals(rows(row(1, "a"), row(null, "c")), run(join(left, right, Join.Kind.ANTI, key, false, null)));
        assertEquals(
                rows(row(2, "b", 2, "x"), row(2, "b", 2, "y"), row(null, "c", null, "n")),
                run(join(left, right, Join.Kind.INNER, key, true, null)));
    }

    @Test
    void keysOfDifferentTypesMeet() {
        Values left = values(types(INT), row(1), row(2));
        Values right = values(types(BIG), row(2L), row(3L));
        assertEquals(rows(row(2, 2L)), run(join(left, right, Join.Kind.INNER, List.of(0), false, null)));
        Values decimals = values(types(DataType.decimal(5, 2)), row(new java.math.BigDecimal("2.00")));
        assertEquals(
                rows(row(2, new java.math.BigDecimal("2.00"))),
                run(join(left, decimals, Join.Kind.INNER, List.of(0), false, null)));
    }

    @Test
    void joinsAgreeWithNestedLoops() {
        new SeededSuite("joins", 60, 0.05).run(random -> {
            Values left = random(random);
            Values right = random(random);
            boolean keyed = random.nextBoolean();
            boolean nullSafe = random.nextBoolean();
            boolean conditional = random.nextBoolean() || !keyed;
            Expression condition =
                    conditional ? Plans.compare("<", new ColumnRef(1, INT), new ColumnRef(3, INT)) : null;
            for (Join.Kind kind : Join.Kind.values()) {
                Join plan = join(left, right, kind, keyed ? List.of(0) : List.of(), nullSafe, condition);
                List<List<Object>> expected = reference(run(left), run(right), kind, keyed, nullSafe, conditional);
                assertEquals(sorted(expected), sorted(run(plan)), kind.toString());
            }
        });
    }

    private static Values random(Random random) {
        Object[][] rows = new Object[random.nextInt(3) == 0 ? random.nextInt(200) : random.nextInt(8)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(
                    random.nextInt(5) == 0 ? null : (Integer) random.nextInt(4),
                    random.nextInt(5) == 0 ? null : (Integer) random.nextInt(4));
        }
        return values(types(INT, INT), rows);
    }

    private static List<List<Object>> reference(
            List<List<Object>> left,
            List<List<Object>> right,
            Join.Kind kind,
            boolean keyed,
            boolean nullSafe,
            boolean conditional) {
        List<List<Object>> result = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.size()];
        boolean pairs = kind != Join.Kind.SEMI && kind != Join.Kind.ANTI;
        for (List<Object> a : left) {
            boolean matched = false;
            for (int j = 0; j < right.size(); j++) {
                List<Object> b = right.get(j);
                boolean keys = !keyed || Objects.equals(a.get(0), b.get(0)) && (nullSafe || a.get(0) != null);
                boolean holds =
                        !conditional || a.get(1) != null && b.get(1) != null && (Integer) a.get(1) < (Integer) b.get(1);
                if (keys && holds) {
                    matched = true;
                    rightMatched[j] = true;
                    if (pairs) {
                        result.add(concat(a, b));
                    }
                }
            }
            if (!matched && (kind == Join.Kind.LEFT || kind == Join.Kind.FULL)) {
                result.add(concat(a, Arrays.asList(null, null)));
            }
            if (kind == Join.Kind.SEMI && matched || kind == Join.Kind.ANTI && !matched) {
                result.add(a);
            }
        }
        for (int j = 0; j < right.size(); j++) {
            if (!rightMatched[j] && (kind == Join.Kind.RIGHT || kind == Join.Kind.FULL)) {
                result.add(concat(Arrays.asList(null, null), right.get(j)));
            }
        }
        return result;
    }

    private static List<Object> concat(List<Object> a, List<Object> b) {
        List<Object> joined = new ArrayList<>(a);
        joined.addAll(b);
        return joined;
    }

    @Test
    void manyPartnersComeInSeveralBatches() {
        Object[][] same = new Object[300][];
        Arrays.fill(same, row(7));
        Values side = values(types(INT), same);
        assertEquals(
                90_000,
                run(join(side, side, Join.Kind.INNER, List.of(0), false, null)).size());
    }

    @Test
    void correlationRunsTheRightSideForEachOuterRow() {
        Values left = values(types(INT), row(1), row(3), row((Object) null), row(3));
        Values numbers = values(types(INT), row(1), row(2), row(3), row(4));
        Filter greater = new Filter(
                numbers, Plans.compare(">", new ColumnRef(0, INT), new OuterRef(9, 0, INT)), numbers.output());
        assertEquals(
                rows(row(1, 2), row(1, 3), row(1, 4), row(3, 4), row(3, 4)),
                run(new Correlate(left, greater, Join.Kind.INNER, 9, null, output(INT, INT))));
        assertEquals(
                rows(row(1, 2), row(1, 3), row(1, 4), row(3, 4), row(null, null), row(3, 4)),
                run(new Correlate(left, greater, Join.Kind.LEFT, 9, null, output(INT, INT))));
        assertEquals(
                rows(row(1), row(3), row(3)), run(new Correlate(left, greater, Join.Kind.SEMI, 9, null, output(INT))));
        Expression four = Plans.compare("=", new ColumnRef(1, INT), Plans.literal(2));
        assertEquals(
                rows(row(3), row((Object) null), row(3)),
                run(new Correlate(left, greater, Join.Kind.ANTI, 9, four, output(INT))));
    }
}
