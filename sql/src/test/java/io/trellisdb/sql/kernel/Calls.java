package io.trellisdb.sql.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Evaluates one call in every shape: over constants, over columns, and over both. */
final class Calls {
    private Calls() {}

    record Typed(Object value, DataType type) {}

    static Typed typed(Object value, DataType type) {
        return new Typed(value, type);
    }

    static EvaluationContext context() {
        return context(ZoneOffset.UTC);
    }

    static EvaluationContext context(ZoneId zone) {
        return new EvaluationContext(
                new Batch(1),
                Instant.parse("2024-05-06T07:08:09.123456789Z"),
                zone,
                "ada",
                "public",
                "trellis",
                Map.of(),
                () -> new Random(7));
    }

    static DataType typeOf(Object value) {
        if (value instanceof Typed typed) {
            return typed.type();
        }
        if (value instanceof Integer) {
            return DataType.INTEGER;
        }
        if (value instanceof Long) {
            return DataType.BIGINT;
        }
        if (value instanceof Double) {
            return DataType.DOUBLE;
        }
        if (value instanceof Float) {
            return DataType.REAL;
        }
        if (value instanceof Boolean) {
            return DataType.BOOLEAN;
        }
        if (value instanceof BigDecimal decimal) {
            return DataType.decimal(Math.max(decimal.precision(), decimal.scale()), decimal.scale());
        }
        if (value instanceof byte[]) {
            return DataType.VARBINARY;
        }
        if (value instanceof LocalDate) {
            return DataType.DATE;
        }
        if (value instanceof LocalTime) {
            return DataType.time(9);
        }
        if (value instanceof LocalDateTime) {
            return DataType.timestamp(6);
        }
        if (value instanceof Instant) {
            return DataType.timestampLtz(6);
        }
        if (value instanceof Period) {
            return DataType.INTERVAL_MONTH;
        }
        if (value instanceof Duration) {
            return DataType.INTERVAL_NANO;
        }
        if (value instanceof UUID) {
            return DataType.UUID;
        }
        return value == null ? DataType.NULL : DataType.VARCHAR;
    }

    static Object valueOf(Object argument) {
        return argument instanceof Typed typed ? typed.value() : argument;
    }

    static Expression literal(Object value) {
        return new Literal(valueOf(value), typeOf(value));
    }

    static Call call(String function, DataType result, Object... arguments) {
        return new Call(function, Arrays.stream(arguments).map(Calls::literal).toList(), result);
    }

    static Object constant(String function, DataType result, Object... arguments) {
        return Evaluator.constantValue(call(function, result, arguments), context());
    }

    static Object cast(Object value, DataType type) {
        return cast(value, type, false);
    }

    static Object cast(Object value, DataType type, boolean assignment) {
        Object constant = Evaluator.constantValue(new Cast(literal(value), type, assignment), context());
        Batch batch = columns(new Object[] {value});
        Expression expression = new Cast(new ColumnRef(0, typeOf(value)), type, assignment);
        ColumnVector vector = Evaluator.compile(expression, context()).evaluate(batch);
        assertSame(constant, vector.value(0), "cast of a column");
        assertEquals(null, vector.value(1));
        return constant;
    }

    /** A row of the values, a row of NULLs, and the values again. */
    static Batch columns(Object[] arguments) {
        List<DataType> types = Arrays.stream(arguments).map(Calls::typeOf).toList();
        BatchBuilder builder = new BatchBuilder(types, 3);
        Object[] row = Arrays.stream(arguments).map(Calls::valueOf).toArray();
        builder.appendRow(row);
        builder.appendRow(new Object[row.length]);
        builder.appendRow(row);
        return builder.build();
    }

    static void check(Object expected, String function, DataType result, Object... arguments) {
        String shown = function + Arrays.deepToString(arguments);
        assertSame(expected, constant(function, result, arguments), shown);
        if (arguments.length == 0) {
            return;
        }
        Batch batch = columns(arguments);
        for (int shape = 0; shape < 1 << arguments.length; shape++) {
            List<Expression> expressions = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                boolean column = (shape >> i & 1) == 0;
                expressions.add(column ? new ColumnRef(i, typeOf(arguments[i])) : literal(arguments[i]));
            }
            ColumnVector vector = Evaluator.compile(new Call(function, expressions, result), context())
                    .evaluate(batch);
            assertSame(expected, vector.value(0), shown + " shape " + shape);
            assertSame(expected, vector.value(2), shown + " shape " + shape);
        }
    }

    private static void assertSame(Object expected, Object actual, String message) {
        if (expected instanceof byte[] bytes) {
            assertEquals(Arrays.toString(bytes), Arrays.toString((byte[]) actual), message);
        } else {
            assertEquals(expected, actual, message);
        }
    }

    static void fails(ErrorCode code, String part, String function, DataType result, Object... arguments) {
        TrellisException e =
                assertThrows(TrellisException.class, () -> constant(function, result, arguments), function);
        check(code, part, e);
        Batch batch = columns(arguments);
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            expressions.add(new ColumnRef(i, typeOf(arguments[i])));
        }
        TrellisException overColumns = assertThrows(
                TrellisException.class, () -> Evaluator.compile(new Call(function, expressions, result), context())
                        .evaluate(batch));
        check(code, part, overColumns);
    }

    static void castFails(ErrorCode code, String part, Object value, DataType type) {
        TrellisException e = assertThrows(TrellisException.class, () -> cast(value, type), String.valueOf(value));
        check(code, part, e);
    }

    private static void check(ErrorCode code, String part, TrellisException e) {
        assertEquals(code, e.code(), e.getMessage());
        assertEquals(true, e.getMessage().contains(part), e.getMessage() + " should contain " + part);
    }
}
