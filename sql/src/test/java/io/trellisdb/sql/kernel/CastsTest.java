package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.cast;
import static io.trellisdb.sql.kernel.Calls.castFails;
import static io.trellisdb.sql.kernel.Calls.typed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CastsTest {
    @Test
    void numbersAreReadFromText() {
        assertEquals(42, cast(" 42 ", DataType.INTEGER));
        assertEquals(-7L, cast("-7", DataType.BIGINT));
        assertEquals(3, cast("2.5", DataType.INTEGER));
        assertEquals(new BigDecimal("1.24"), cast("1.235", DataType.decimal(5, 2)));
        assertEquals(new BigDecimal("1200.0"), cast("1.2e3", DataType.decimal(5, 1)));
        assertEquals(1.5, cast("1.5", DataType.DOUBLE));
        assertEquals(Double.NaN, cast("NaN", DataType.DOUBLE));
        assertEquals(Double.NEGATIVE_INFINITY, cast("-Infinity", DataType.DOUBLE));
        assertEquals(true, cast(" Yes", DataType.BOOLEAN));
    }

    @Test
    void textThatIsNoValueIsNamed() {
        castFails(ErrorCode.INVALID_CAST, "'12x'", "12x", DataType.INTEGER);
        castFails(ErrorCode.INVALID_CAST, "''", "", DataType.decimal(3, 1));
        castFails(ErrorCode.INVALID_CAST, "'0x10'", "0x10", DataType.DOUBLE);
        castFails(ErrorCode.INVALID_CAST, "'1d'", "1d", DataType.DOUBLE);
        castFails(ErrorCode.INVALID_CAST, "'maybe'", "maybe", DataType.BOOLEAN);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "128", "128", DataType.TINYINT);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "1e999999999", "1e999999999", DataType.BIGINT);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "1e400", "1e400", DataType.DOUBLE);
        castFails(ErrorCode.INVALID_DATETIME, "'2023-02-29'", "2023-02-29", DataType.DATE);
        castFails(ErrorCode.INVALID_DATETIME, "'2024-01-01 25:00'", "2024-01-01 25:00", DataType.timestamp(3));
        castFails(ErrorCode.INVALID_DATETIME, "'noon'", "noon", DataType.time(0));
        castFails(ErrorCode.INVALID_CAST, "'abc'", "abc", DataType.UUID);
    }

    @Test
    void numbersAreRoundedHalfUpAndChecked() {
        assertEquals(3, cast(2.5, DataType.INTEGER));
        assertEquals(-3, cast(-2.5, DataType.INTEGER));
        assertEquals(0, cast(0.49999999999999994, DataType.INTEGER));
        assertEquals(3, cast(new BigDecimal("2.5"), DataType.INTEGER));
        assertEquals(300, cast(typed(300, DataType.SMALLINT), DataType.INTEGER));
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "300", 300, DataType.TINYINT);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "2147483648", 2147483648L, DataType.INTEGER);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "9.223372036854776E18", 0x1p63, DataType.BIGINT);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "NaN", Double.NaN, DataType.INTEGER);
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "100", 100, DataType.decimal(3, 1));
        assertEquals(new BigDecimal("0.10"), cast(0.1, DataType.decimal(5, 2)));
        assertEquals(new BigDecimal("1.00"), cast(1, DataType.decimal(3, 2)));
        assertEquals(0.1, cast(new BigDecimal("0.1"), DataType.DOUBLE));
        assertEquals(0.1f, cast(0.1, DataType.REAL));
        castFails(ErrorCode.NUMBER_OUT_OF_RANGE, "1.0E300", 1e300, DataType.REAL);
        assertEquals(1, cast(true, DataType.INTEGER));
        assertEquals(false, cast(0, DataType.BOOLEAN));
    }

    @Test
    void valuesBecomeText() {
        assertEquals("-42", cast(-42, DataType.VARCHAR));
        assertEquals("1", cast(1.0, DataType.VARCHAR));
        assertEquals("0.1", cast(0.1, DataType.VARCHAR));
        assertEquals("1e+20", cast(1e20, DataType.VARCHAR));
        assertEquals("1.5e-10", cast(1.5e-10, DataType.VARCHAR));
        assertEquals("NaN", cast(Double.NaN, DataType.VARCHAR));
        assertEquals("1.50", cast(new BigDecimal("1.50"), DataType.VARCHAR));
        assertEquals("true", cast(true, DataType.VARCHAR));
        assertEquals("2024-02-29", cast(LocalDate.of(2024, 2, 29), DataType.VARCHAR));
        assertEquals("07:08:09.5", cast(LocalTime.of(7, 8, 9, 500_000_000), DataType.VARCHAR));
        assertEquals(
                "2024-02-29 07:08:09.123456",
                cast(LocalDateTime.parse("2024-02-29T07:08:09.123456"), DataType.VARCHAR));
        assertEquals("1969-12-31 23:59:59", cast(LocalDateTime.parse("1969-12-31T23:59:59"), DataType.VARCHAR));
        assertEquals("2024-02-29 07:08:09+00", cast(Instant.parse("2024-02-29T07:08:09Z"), DataType.VARCHAR));
        assertEquals("1-02", cast(Period.ofMonths(14), DataType.VARCHAR));
        assertEquals("-1 01:00:00", cast(Duration.ofHours(-25), DataType.VARCHAR));
        assertEquals(
                "{1,NULL,3}",
                cast(typed(java.util.Arrays.asList(1, null, 3), DataType.array(DataType.INTEGER)), DataType.VARCHAR));
        assertEquals("\\x00ff", cast(new byte[] {0, -1}, DataType.VARCHAR));
    }

    @Test
    void stringsAreCutExplicitlyButNotByAssignment() {
        assertEquals("äb", cast("äbc", DataType.varchar(2)));
        assertEquals("ab", cast("ab  ", DataType.varchar(2), true));
        assertEquals("ab", cast("ab  ", DataType.character(4)));
        TrellisException e = assertThrows(TrellisException.class, () -> cast("abc", DataType.varchar(2), true));
        assertEquals(ErrorCode.STRING_TOO_LONG, e.code());
        castFails(ErrorCode.STRING_TOO_LONG, "VARCHAR(2)", 123, DataType.varchar(2));
        assertArrayEquals(new byte[] {1, 2, 0, 0}, (byte[]) cast(new byte[] {1, 2}, DataType.binary(4)));
        assertArrayEquals(new byte[] {(byte) 0xAB}, (byte[]) cast("\\xab", DataType.VARBINARY));
    }

    @Test
    void timestampsAreReadRoundedAndChanged() {
        assertEquals(
                LocalDateTime.parse("2024-02-29T07:08:09.123456789"),
                cast("2024-02-29 07:08:09.123456789", DataType.timestamp(9)));
        assertEquals(LocalDateTime.parse("2024-02-29T00:00"), cast("2024-02-29", DataType.timestamp(0)));
        assertEquals(LocalDateTime.parse("2024-02-29T06:08"), cast("2024-02-29T07:08+01:00", DataType.timestamp(0)));
        assertEquals(LocalDateTime.parse("2024-03-01T00:00"), cast("2024-02-29 24:00:00", DataType.timestamp(0)));
        assertEquals(
                LocalDateTime.parse("2024-01-01T00:00:00.124"),
                cast(LocalDateTime.parse("2024-01-01T00:00:00.1235"), DataType.timestamp(3)));
        assertEquals(
                LocalDateTime.parse("1969-12-31T23:59:59.877"),
                cast(LocalDateTime.parse("1969-12-31T23:59:59.8765"), DataType.timestamp(3)));
        assertEquals(LocalDate.of(1969, 12, 31), cast(LocalDateTime.parse("1969-12-31T23:59:59"), DataType.DATE));
        assertEquals(LocalTime.of(23, 59, 59), cast(LocalDateTime.parse("1969-12-31T23:59:59"), DataType.time(0)));
        castFails(ErrorCode.DATETIME_OVERFLOW, "2500", LocalDateTime.parse("2500-01-01T00:00"), DataType.timestamp(9));
        assertEquals(Duration.ofHours(26), cast("1 02:00:00", DataType.INTERVAL_NANO));
        assertEquals(Duration.ofMinutes(90), cast("1 hour 30 minutes", DataType.INTERVAL_NANO));
        assertEquals(Duration.ofMinutes(90), cast("PT1H30M", DataType.INTERVAL_NANO));
        assertEquals(Period.of(1, 6, 0), cast("1-6", DataType.INTERVAL_MONTH));
    }

    @Test
    void otherTypesConvertElementByElement() {
        UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        assertEquals(id, cast("01234567-89AB-cdef-0123-456789abcdef", DataType.UUID));
        assertEquals(id.toString(), cast(id, DataType.VARCHAR));
        assertEquals(id, cast(cast(id, DataType.VARBINARY), DataType.UUID));
        assertEquals(
                List.of("1", "2"),
                cast(typed(List.of(1, 2), DataType.array(DataType.INTEGER)), DataType.array(DataType.VARCHAR)));
        castFails(ErrorCode.TYPE_MISMATCH, "no cast", 1, DataType.timestamp(3));
        castFails(ErrorCode.TYPE_MISMATCH, "no cast", Duration.ZERO, DataType.INTERVAL_MONTH);
    }
}
