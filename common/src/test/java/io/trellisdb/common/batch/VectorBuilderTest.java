package io.trellisdb.common.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class VectorBuilderTest {
    @Test
    void boxedValuesComeBack() {
        assertComesBack(DataType.BOOLEAN, true);
        assertComesBack(DataType.TINYINT, -128);
        assertComesBack(DataType.INTEGER, Integer.MIN_VALUE);
        assertComesBack(DataType.BIGINT, Long.MIN_VALUE);
        assertComesBack(DataType.REAL, 1.1f);
        assertComesBack(DataType.DOUBLE, Double.MIN_VALUE);
        assertComesBack(DataType.decimal(5, 2), new BigDecimal("-999.99"));
        assertComesBack(DataType.decimal(38, 0), new BigDecimal("-" + "9".repeat(38)));
        assertComesBack(DataType.varchar(2), "\u00e9\ud83d\ude00");
        assertComesBack(DataType.DATE, LocalDate.of(-5000, 1, 2));
        assertComesBack(DataType.time(3), LocalTime.of(23, 59, 59, 999_000_000));
        assertComesBack(DataType.timestamp(9), LocalDateTime.of(1677, 9, 21, 0, 12, 43, 145_224_192));
        assertComesBack(DataType.timestampLtz(0), Instant.ofEpochSecond(-1));
        assertComesBack(DataType.timestampLtz(2), LocalDateTime.MIN.toInstant(ZoneOffset.UTC));
        assertComesBack(DataType.timestamp(0), LocalDateTime.MAX.withNano(0));
        assertComesBack(DataType.INTERVAL_MONTH, Period.of(-3, -2, 0));
        assertComesBack(DataType.INTERVAL_NANO, Duration.ofNanos(Long.MIN_VALUE));
        assertComesBack(DataType.UUID, new UUID(-1, 1));
        assertComesBack(DataType.array(DataType.TEXT), Arrays.asList("a", null, ""));
    }

    private static void assertComesBack(DataType type, Object value) {
        assertEquals(value, one(type, value));
    }

    private static Object one(DataType type, Object value) {
        return Vectors.constant(type, value, 1).value(0);
    }

    @Test
    void roundingIsHalfUp() {
        assertEquals(LocalTime.of(1, 0, 1), one(DataType.time(0), LocalTime.of(1, 0, 0, 500_000_000)));
        assertEquals(
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1_000_000),
                one(DataType.timestamp(3), LocalDateTime.of(1969, 12, 31, 23, 59, 59, 500_000)));
    }

    @Test
    void decimalsTakeTheScaleOfTheirType() {
        assertEquals(new BigDecimal("1.00"), one(DataType.decimal(5, 2), new BigDecimal("1")));
        assertEquals(new BigDecimal("1.20"), one(DataType.decimal(5, 2), new BigDecimal("1.20000")));
        assertEquals(new BigDecimal("0.00"), one(DataType.decimal(5, 2), new BigDecimal("0E+1000000000")));
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertRefused(ErrorCode.NUMBER_OUT_OF_RANGE, DataType.TINYINT, 128);
        assertRefused(ErrorCode.NUMBER_OUT_OF_RANGE, DataType.SMALLINT, -32769);
        assertRefused(ErrorCode.NUMBER_OUT_OF_RANGE, DataType.decimal(5, 2), new BigDecimal("1000"));
        assertRefused(ErrorCode.NUMBER_OUT_OF_RANGE, DataType.decimal(5, 2), new BigDecimal("0.001"));
        assertRefused(ErrorCode.NUMBER_OUT_OF_RANGE, DataType.decimal(38, 2), new BigDecimal("1E+1000000000"));
        assertRefused(ErrorCode.NUMBER_OUT_OF_RANGE, DataType.decimal(38, 2), new BigDecimal("1E-1000000000"));
        assertRefused(ErrorCode.STRING_TOO_LONG, DataType.varchar(2), "abc");
        assertRefused(ErrorCode.STRING_TOO_LONG, DataType.varbinary(2), new byte[3]);
        assertRefused(ErrorCode.INVALID_PARAMETER, DataType.binary(2), new byte[1]);
        assertRefused(ErrorCode.INVALID_UTF8, DataType.TEXT, "\udc00");
        assertRefused(ErrorCode.DATETIME_OVERFLOW, DataType.DATE, LocalDate.MAX);
        assertRefused(ErrorCode.DATETIME_OVERFLOW, DataType.time(0), LocalTime.MAX);
        assertRefused(ErrorCode.DATETIME_OVERFLOW, DataType.timestamp(9), LocalDateTime.of(2300, 1, 1, 0, 0));
        assertRefused(ErrorCode.DATETIME_OVERFLOW, DataType.timestampLtz(9), Instant.MAX);
        assertRefused(ErrorCode.DATETIME_OVERFLOW, DataType.timestampLtz(0), Instant.MIN);
        assertRefused(ErrorCode.DATETIME_OVERFLOW, DataType.INTERVAL_NANO, Duration.ofSeconds(Long.MAX_VALUE));
        assertRefused(ErrorCode.INVALID_CAST, DataType.INTERVAL_MONTH, Period.ofDays(1));
        assertRefused(ErrorCode.TYPE_MISMATCH, DataType.BIGINT, 1);
        assertRefused(ErrorCode.TYPE_MISMATCH, DataType.TEXT, 'a');
        assertRefused(ErrorCode.TYPE_MISMATCH, DataType.NULL, 1);
    }

    private static void assertRefused(ErrorCode code, DataType type, Object value) {
        VectorBuilder builder = VectorBuilder.of(type, 1);
        assertEquals(
                code,
                assertThrows(TrellisException.class, () -> builder.append(value))
                        .code());
        assertEquals(0, builder.size());
    }

    @Test
    void charLosesItsTrailingBlanks() {
        assertEquals("a b", one(DataType.character(4), "a b      "));
    }

    @Test
    void builderIsEmptyAfterBuilding() {
        VectorBuilder builder = VectorBuilder.of(DataType.TEXT, 2);
        builder.append("a");
        builder.appendNull();
        ColumnVector first = builder.build();
        builder.append("b");
        ColumnVector second = builder.build();

        assertEquals("a", first.value(0));
        assertNull(first.value(1));
        assertEquals(1, second.size());
        assertEquals("b", second.value(0));
        assertFalse(second.mayHaveNulls());
    }

    @Test
    void bitmapReachesBeyondTheLastNull() {
        VectorBuilder builder = VectorBuilder.of(DataType.BIGINT, 1);
        builder.appendNull();
        for (long i = 0; i < 4000; i++) {
            builder.append(i);
        }
        ColumnVector vector = builder.build();

        assertTrue(vector.isNull(0));
        assertFalse(vector.isNull(4000));
        assertEquals(3999L, vector.value(4000));
    }

    @Test
    void failedElementLeavesNoPartOfItsArray() {
        VectorBuilder builder = VectorBuilder.of(DataType.array(DataType.TINYINT), 2);
        assertThrows(TrellisException.class, () -> builder.append(List.of(1, 2, 300)));
        builder.append(List.of(3));

        assertEquals(List.of(3), builder.build().value(0));
    }

    @Test
    void failedRowLeavesTheBatchAsItWas() {
        BatchBuilder builder =
                new BatchBuilder(List.of(DataType.TEXT, DataType.array(DataType.TEXT), DataType.TINYINT), 2);
        builder.appendRow("a", List.of("x"), null);
        assertThrows(TrellisException.class, () -> builder.appendRow(null, List.of("y", "z"), 1000));
        builder.appendRow("b", null, 5);
        Batch batch = builder.build();

        assertEquals(2, batch.rowCount());
        assertEquals(Arrays.asList("a", List.of("x"), null), batch.row(0));
        assertEquals(Arrays.asList("b", null, 5), batch.row(1));
    }

    @Test
    void batchesWithoutColumnsCountTheirRows() {
        BatchBuilder builder = new BatchBuilder(List.of(), 1);
        builder.appendRow();
        builder.appendRow();

        assertEquals(2, builder.build().rowCount());
        assertTrue(builder.isEmpty());
    }

    @Test
    void partsAreConcatenatedInOrder() {
        List<DataType> types = List.of(DataType.TEXT, DataType.BIGINT, DataType.array(DataType.BIGINT), DataType.UUID);
        BatchBuilder builder = new BatchBuilder(types, 4);
        builder.appendRow("a", 1L, List.of(1L), new UUID(1, 1));
        builder.appendRow(null, null, null, null);
        Batch first = builder.build();
        builder.appendRow("b", 2L, List.of(), new UUID(2, 2));
        Batch second = builder.build();

        Batch both = Vectors.concatBatches(List.of(first, second, Vectors.emptyBatch(types), first));

        assertEquals(5, both.rowCount());
        assertEquals(first.row(1), both.row(1));
        assertEquals(second.row(0), both.row(2));
        assertEquals(first.row(0), both.row(3));
    }

    @Test
    void constantsAndNullsHaveTheirRows() {
        for (DataType type : List.of(DataType.TEXT, DataType.UUID, DataType.array(DataType.TEXT), DataType.NULL)) {
            for (int rows : new int[] {0, 1, 64, 65, 4096}) {
                ColumnVector nulls = Vectors.nulls(type, rows);
                assertEquals(rows, nulls.size());
                assertTrue(rows == 0 || nulls.isNull(rows - 1));
            }
        }
        BytesVector constant = (BytesVector) Vectors.constant(DataType.TEXT, "xy", 3);
        assertArrayEquals(new byte[] {'x', 'y'}, constant.copy(2));
    }

    @Test
    void utf8IsJudgedLikeTheStandardDoes() {
        for (int i = 0; i <= Character.MAX_CODE_POINT; i += 7) {
            if (i < Character.MIN_SURROGATE || i > Character.MAX_SURROGATE) {
                byte[] bytes = Utf8.encode("12345678" + Character.toString(i));
                assertTrue(Utf8.isValid(bytes, 0, bytes.length), Integer.toHexString(i));
                assertEquals(9, Utf8.codePoints(bytes, 0, bytes.length));
                assertFalse(i > 127 && Utf8.isValid(bytes, 0, bytes.length - 1), Integer.toHexString(i));
            }
        }
        int[][] malformed = {
            {0x80},
            {0xC1, 0xBF},
            {0xE0, 0x9F, 0xBF},
            {0xED, 0xA0, 0x80},
            {0xF0, 0x8F, 0xBF, 0xBF},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xC2, 0x41},
            {0xE1, 0x80, 0x41},
            {0xFF}
        };
        for (int[] bytes : malformed) {
            byte[] text = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                text[i] = (byte) bytes[i];
            }
            assertFalse(Utf8.isValid(text, 0, text.length), Arrays.toString(bytes));
        }
    }
}
