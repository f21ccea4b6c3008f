package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.context;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.expression.SessionValue;
import io.trellisdb.testing.SeededSuite;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BranchesTest {
    private static final DataType INT = DataType.INTEGER;
    private static final DataType BOOL = DataType.BOOLEAN;

    private static Batch batch(Object[]... rows) {
        BatchBuilder builder = new BatchBuilder(List.of(INT, INT, BOOL), rows.length);
        for (Object[] row : rows) {
            builder.appendRow(row);
        }
        return builder.build();
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static Expression column(int index) {
        return new ColumnRef(index, index == 2 ? BOOL : INT);
    }

    private static Expression call(String function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type);
    }

    private static Expression literal(Object value, DataType type) {
        return new Literal(value, type);
    }

    private static List<Object> evaluate(Expression expression, Batch batch) {
        ColumnVector vector = Evaluator.compile(expression, context()).evaluate(batch);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            values.add(vector.value(i));
        }
        return values;
    }

    private static final Batch NUMBERS =
            batch(row(10, 2, true), row(10, 0, false), row(null, 5, null), row(9, null, true));

    private static Expression quotient() {
        return call("/", INT, column(0), column(1));
    }

    @Test
    void aConditionGuardsWhatStandsBehindIt() {
        Expression present = call("<>", BOOL, column(1), literal(0, INT));
        Expression large = call(">", BOOL, quotient(), literal(4, INT));
        assertEquals(Arrays.asList(true, false, null, null), evaluate(call("AND", BOOL, present, large), NUMBERS));
        Expression absent = call("=", BOOL, column(1), literal(0, INT));
        assertEquals(Arrays.asList(true, true, null, null), evaluate(call("OR", BOOL, absent, large), NUMBERS));
        assertThrows(TrellisException.class, () -> evaluate(call("AND", BOOL, large, present), NUMBERS));
    }

    @Test
    void caseEvaluatesBranchesOnTheirRowsOnly() {
        Expression plan = new Case(
                List.of(
                        new Case.Branch(call("=", BOOL, column(1), literal(0, INT)), literal(-1, INT)),
                        new Case.Branch(column(2), quotient())),
                literal(7, INT),
                INT);
        assertEquals(Arrays.asList(5, -1, 7, null), evaluate(plan, NUMBERS));
    }

    @Test
    void constantErrorsArriveOnlyWhenARowNeedsThem() {
        Expression broken = call("/", INT, literal(1, INT), literal(0, INT));
        Expression never = new Case(List.of(new Case.Branch(literal(false, BOOL), broken)), literal(3, INT), INT);
        assertEquals(Arrays.asList(3, 3, 3, 3), evaluate(never, NUMBERS));
        TrellisException e = assertThrows(TrellisException.class, () -> evaluate(broken, NUMBERS));
        assertEquals(ErrorCode.DIVISION_BY_ZERO, e.code());
        assertEquals(List.of(), evaluate(column(0), batch()));
    }

    @Test
    void coalesceTakesTheFirstPresentValue() {
        Expression plan = call("COALESCE", INT, column(1), column(0), call("/", INT, literal(1, INT), literal(0, INT)));
        assertEquals(Arrays.asList(2, 0, 5, 9), evaluate(plan, NUMBERS));
    }

    @Test
    void inListsKnowNull() {
        assertEquals(
                Arrays.asList(true, true, null, false),
                evaluate(new InSet(column(0), List.of(10, 11), false, false), NUMBERS));
        assertEquals(
                Arrays.asList(true, true, null, null),
                evaluate(new InSet(column(0), List.of(10, 11), true, false), NUMBERS));
        assertEquals(
                Arrays.asList(false, false, null, true),
                evaluate(new InSet(column(0), List.of(10, 11), false, true), NUMBERS));
        Expression text = literal("b", DataType.VARCHAR);
        assertEquals(true, Evaluator.constantValue(new InSet(text, List.of("c", "b", "a"), false, false), context()));
    }

    @Test
    void truthTestsSeeNull() {
        assertEquals(Arrays.asList(true, false, false, true), evaluate(call("IS TRUE", BOOL, column(2)), NUMBERS));
        assertEquals(Arrays.asList(false, true, true, false), evaluate(call("IS NOT TRUE", BOOL, column(2)), NUMBERS));
        assertEquals(Arrays.asList(false, false, true, false), evaluate(call("IS NULL", BOOL, column(0)), NUMBERS));
        assertEquals(
                Arrays.asList(true, true, true, true),
                evaluate(call("IS DISTINCT FROM", BOOL, column(0), column(1)), NUMBERS));
        assertEquals(
                Arrays.asList(10, null, null, 9),
                evaluate(
                        call("NULLIF", INT, call("GREATEST", INT, column(0), column(0)), literal(5, INT)),
                        batch(row(10, 1, true), row(5, 1, true), row(null, 1, true), row(9, 1, true))));
        assertEquals(Arrays.asList(2, 0, 5, 9), evaluate(call("LEAST", INT, column(0), column(1)), NUMBERS));
    }

    @Test
    void sessionValuesAndParametersAreConstants() {
        assertEquals(
                Instant.parse("2024-05-06T07:08:09.123456Z"),
                Evaluator.constantValue(
                        new SessionValue(SessionValue.Kind.CURRENT_TIMESTAMP, DataType.timestampLtz(6)), context()));
        assertEquals(
                LocalDateTime.parse("2024-05-06T07:08:09"),
                Evaluator.constantValue(
                        new SessionValue(SessionValue.Kind.LOCAL_TIMESTAMP, DataType.timestamp(0)), context()));
        assertEquals(
                LocalDate.of(2024, 5, 6),
                Evaluator.constantValue(new SessionValue(SessionValue.Kind.CURRENT_DATE, DataType.DATE), context()));
        TrellisException e =
                assertThrows(TrellisException.class, () -> Evaluator.constantValue(new Parameter(0, INT), context()));
        assertEquals(ErrorCode.UNKNOWN_PARAMETER, e.code());
    }

    @Test
    void unknownFunctionsAreRefusedByName() {
        TrellisException e = assertThrows(
                TrellisException.class, () -> Evaluator.compile(call("FROBNICATE", INT, column(0)), context()));
        assertEquals(ErrorCode.UNKNOWN_FUNCTION, e.code());
        assertEquals("function does not exist: FROBNICATE", e.getMessage());
        TrellisException types =
                assertThrows(TrellisException.class, () -> Evaluator.compile(call("UPPER", INT, column(0)), context()));
        assertEquals(ErrorCode.UNKNOWN_FUNCTION, types.code());
    }

    @Test
    void wholeColumnsGiveWhatSingleRowsGive() {
        new SeededSuite("expressions", 300, 0.05).run(random -> {
            Expression expression = random.nextBoolean() ? number(random, 4) : condition(random, 4);
            Object[][] rows = new Object[1 + random.nextInt(20)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = row(
                        number(random), number(random), random.nextInt(4) == 0 ? null : (Object) random.nextBoolean());
            }
            List<Object> expected = new ArrayList<>();
            boolean fails = false;
            for (Object[] row : rows) {
                try {
                    expected.add(evaluate(expression, batch(row)).get(0));
                } catch (TrellisException e) {
                    fails = true;
                }
            }
            if (fails) {
                assertThrows(TrellisException.class, () -> evaluate(expression, batch(rows)), expression::toString);
            } else {
                assertEquals(expected, evaluate(expression, batch(rows)), expression::toString);
            }
        });
    }

    private static Object number(Random random) {
        return random.nextInt(4) == 0 ? null : (Object) (random.nextInt(7) - 3);
    }

    private static Expression number(Random random, int depth) {
        switch (depth == 0 ? random.nextInt(2) : random.nextInt(7)) {
            case 0 -> {
                return column(random.nextInt(2));
            }
            case 1 -> {
                return literal(number(random), INT);
            }
            case 2 -> {
                return new Case(
                        List.of(new Case.Branch(condition(random, depth - 1), number(random, depth - 1))),
                        number(random, depth - 1),
                        INT);
            }
            case 3 -> {
                return call("COALESCE", INT, number(random, depth - 1), number(random, depth - 1));
            }
            default -> {
                String[] operators = {"+", "-", "*", "/", "MOD", "GREATEST", "NULLIF"};
                String operator = operators[random.nextInt(operators.length)];
                return call(operator, INT, number(random, depth - 1), number(random, depth - 1));
            }
        }
    }

    private static Expression condition(Random random, int depth) {
        switch (depth == 0 ? random.nextInt(2) : random.nextInt(7)) {
            case 0 -> {
                return column(2);
            }
            case 1 -> {
                return literal(random.nextInt(3) == 0 ? null : (Object) random.nextBoolean(), BOOL);
            }
            case 2 -> {
                return call("NOT", BOOL, condition(random, depth - 1));
            }
            case 3 -> {
                return new InSet(number(random, depth - 1), List.of(0, 2), random.nextBoolean(), random.nextBoolean());
            }
            case 4 -> {
                String[] operators = {"=", "<", ">=", "IS DISTINCT FROM"};
                String operator = operators[random.nextInt(operators.length)];
                return call(operator, BOOL, number(random, depth - 1), number(random, depth - 1));
            }
            default -> {
                String junction = random.nextBoolean() ? "AND" : "OR";
                return call(
                        junction,
                        BOOL,
                        condition(random, depth - 1),
                        condition(random, depth - 1),
                        condition(random, depth - 1));
            }
        }
    }
}
