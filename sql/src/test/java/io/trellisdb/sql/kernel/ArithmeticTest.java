package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.check;
import static io.trellisdb.sql.kernel.Calls.fails;
import static io.trellisdb.sql.kernel.Calls.typed;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static final DataType INT = DataType.INTEGER;
    private static final DataType BIG = DataType.BIGINT;

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    @Test
    void integersAreAddedSubtractedMultipliedAndDivided() {
        check(5, "+", INT, 2, 3);
        check(-1, "-", INT, 2, 3);
        check(6L, "*", BIG, 2L, 3L);
        check(-3, "/", INT, -7, 2);
        check(-1, "MOD", INT, -7, 2);
        check(0, "MOD", INT, Integer.MIN_VALUE, -1);
        check(0L, "MOD", BIG, Long.MIN_VALUE, -1L);
        check(5L, "+", BIG, 2, 3L);
        check(-5, "NEGATE", INT, 5);
        check(5, "ABS", INT, -5);
    }

    @Test
    void integerOverflowIsAnErrorThatNamesTheValues() {
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "2147483647 + 1", "+", INT, Integer.MAX_VALUE, 1);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "9223372036854775807 + 1", "+", BIG, Long.MAX_VALUE, 1L);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, " - ", "-", BIG, Long.MIN_VALUE, 1L);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, " * ", "*", BIG, Long.MAX_VALUE, 2L);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, " / ", "/", BIG, Long.MIN_VALUE, -1L);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, " / ", "/", INT, Integer.MIN_VALUE, -1);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "2147483648", "NEGATE", INT, Integer.MIN_VALUE);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "9223372036854775808", "ABS", BIG, Long.MIN_VALUE);
        fails(
                ErrorCode.NUMBER_OUT_OF_RANGE,
                "100 + 100",
                "+",
                DataType.TINYINT,
                typed(100, DataType.TINYINT),
                typed(100, DataType.TINYINT));
    }

    @Test
    void divisionByZeroIsAnError() {
        fails(ErrorCode.DIVISION_BY_ZERO, "7 / 0", "/", INT, 7, 0);
        fails(ErrorCode.DIVISION_BY_ZERO, "7 MOD 0", "MOD", BIG, 7L, 0L);
        fails(ErrorCode.DIVISION_BY_ZERO, "/ 0", "/", DataType.DOUBLE, 7.0, 0.0);
        fails(ErrorCode.DIVISION_BY_ZERO, "/ 0", "/", DataType.decimal(10, 2), decimal("7.0"), decimal("0.0"));
    }

    @Test
    void decimalsAreExactToThirtyEightDigits() {
        check(decimal("0.30"), "+", DataType.decimal(4, 2), decimal("0.1"), decimal("0.20"));
        check(decimal("-0.10"), "-", DataType.decimal(4, 2), decimal("0.1"), decimal("0.20"));
        check(decimal("0.020"), "*", DataType.decimal(5, 3), decimal("0.1"), decimal("0.20"));
        check(
                decimal("99999999999999999999999999999999999998"),
                "-",
                DataType.decimal(38, 0),
                decimal("99999999999999999999999999999999999999"),
                decimal("1"));
        check(decimal("121932631112635269"), "*", DataType.decimal(38, 0), decimal("123456789"), decimal("987654321"));
        check(
                decimal("999999999999999998000000000000000001"),
                "*",
                DataType.decimal(36, 0),
                decimal("999999999999999999"),
                decimal("-999999999999999999").negate());
        check(decimal("0.333333"), "/", DataType.decimal(10, 6), decimal("1"), decimal("3"));
        check(decimal("0.666667"), "/", DataType.decimal(10, 6), decimal("2"), decimal("3"));
        check(decimal("-0.5"), "MOD", DataType.decimal(4, 1), decimal("-3.5"), decimal("1.0"));
        check(decimal("1.5"), "+", DataType.decimal(12, 1), 1, decimal("0.5"));
    }

    @Test
    void decimalOverflowIsAnError() {
        BigDecimal nines = decimal("9".repeat(38));
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, " + 1", "+", DataType.decimal(38, 0), nines, decimal("1"));
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, " * ", "*", DataType.decimal(38, 0), nines, decimal("10"));
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "99 + 1", "+", DataType.decimal(2, 0), decimal("99"), decimal("1"));
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "99 * 99", "*", DataType.decimal(3, 0), decimal("99"), decimal("99"));
    }

    @Test
    void floatsOverflowButNanAndInfinityPass() {
        check(0.30000000000000004, "+", DataType.DOUBLE, 0.1, 0.2);
        check(Double.NaN, "+", DataType.DOUBLE, Double.NaN, 1.0);
        check(Double.POSITIVE_INFINITY, "*", DataType.DOUBLE, Double.POSITIVE_INFINITY, 2.0);
        check(2.5, "/", DataType.DOUBLE, 5, 2.0);
        check(1.5f, "+", DataType.REAL, 1.0f, 0.5f);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "1.0E308 * 10.0", "*", DataType.DOUBLE, 1e308, 10.0);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "*", "*", DataType.REAL, 1e38f, 10f);
    }

    @Test
    void mathFunctionsRoundAsSqlDoes() {
        check(3.0, "CEIL", DataType.DOUBLE, 2.1);
        check(-3.0, "FLOOR", DataType.DOUBLE, -2.1);
        check(decimal("3"), "CEIL", DataType.decimal(3, 0), decimal("2.1"));
        check(decimal("-3"), "FLOOR", DataType.decimal(3, 0), decimal("-2.1"));
        check(3.0, "ROUND", DataType.DOUBLE, 2.5);
        check(-3.0, "ROUND", DataType.DOUBLE, -2.5);
        check(2.35, "ROUND", DataType.DOUBLE, 2.345, 2);
        check(decimal("2.35"), "ROUND", DataType.decimal(4, 2), decimal("2.345"), 2);
        check(1200, "ROUND", INT, 1234, -2);
        check(2.0, "TRUNC", DataType.DOUBLE, 2.9);
        check(decimal("2.34"), "TRUNCATE", DataType.decimal(4, 2), decimal("2.349"), 2);
        check(-1, "SIGN", INT, -17);
        check(8.0, "POWER", DataType.DOUBLE, 2, 3);
        check(3.0, "SQRT", DataType.DOUBLE, 9);
        check(3.0, "LOG2", DataType.DOUBLE, 8.0);
        check(3.0, "LOG10", DataType.DOUBLE, 1000);
        check(Math.PI, "PI", DataType.DOUBLE);
        check(6, "GCD", INT, 54, -24);
        check(36, "LCM", INT, 12, 18);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "SQRT(-1", "SQRT", DataType.DOUBLE, -1.0);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "LN(0", "LN", DataType.DOUBLE, 0.0);
        fails(ErrorCode.NUMBER_OUT_OF_RANGE, "EXP", "EXP", DataType.DOUBLE, 1000.0);
        fails(ErrorCode.DIVISION_BY_ZERO, "POWER", "POWER", DataType.DOUBLE, 0.0, -1.0);
    }
}
