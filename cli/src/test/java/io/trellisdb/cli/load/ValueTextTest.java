package io.trellisdb.cli.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ValueTextTest {
    @Test
    void textBecomesWhatJdbcTakes() {
        assertEquals(" a ", parse(" a ", Types.VARCHAR));
        assertEquals(true, parse("Yes", Types.BOOLEAN));
        assertEquals(false, parse("0", Types.BOOLEAN));
        assertEquals(-128, parse("-128", Types.TINYINT));
        assertEquals(7, parse(" 7 ", Types.INTEGER));
        assertEquals(Long.MAX_VALUE, parse("9223372036854775807", Types.BIGINT));
        assertEquals(1.5f, parse("1.5", Types.REAL));
        assertEquals(Double.NaN, parse("NaN", Types.DOUBLE));
        assertEquals(new BigDecimal("0.10"), parse("0.10", Types.DECIMAL));
        assertEquals(LocalDate.of(2001, 2, 28), parse("2001-02-28", Types.DATE));
        assertEquals(LocalTime.of(10, 30), parse("10:30", Types.TIME));
        assertArrayEquals(new byte[] {1, -1}, (byte[]) parse("01ff", Types.VARBINARY));
        assertEquals(
                OffsetDateTime.parse("2001-02-28T10:00:00+01:00"),
                parse("2001-02-28 10:00:00+01:00", Types.TIMESTAMP_WITH_TIMEZONE));
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        assertEquals(uuid, ValueText.parse(uuid.toString(), new TableColumn("c", Types.OTHER, "UUID")));
    }

    @Test
    void momentsMayLackTheirEnd() {
        assertEquals(LocalDateTime.of(2001, 2, 28, 0, 0), parse("2001-02-28", Types.TIMESTAMP));
        assertEquals(LocalDateTime.of(2001, 2, 28, 10, 5), parse("2001-02-28 10:05", Types.TIMESTAMP));
        assertEquals(LocalDateTime.of(2001, 2, 28, 10, 5, 7), parse("2001-02-28T10:05:07", Types.TIMESTAMP));
        assertEquals(
                LocalDateTime.of(2001, 2, 28, 10, 5, 7, 120_000_000), parse("2001-02-28 10:05:07.12", Types.TIMESTAMP));
    }

    @Test
    void textThatIsNoSuchValueIsRefused() {
        refuses("12x", Types.INTEGER);
        refuses("128", Types.TINYINT);
        refuses("1.5", Types.BIGINT);
        refuses("1.5f", Types.DOUBLE);
        refuses("0x10p1", Types.DOUBLE);
        refuses("", Types.DOUBLE);
        refuses("maybe", Types.BOOLEAN);
        refuses("2001-02-30", Types.DATE);
        refuses("2001-02-28 25:00:00", Types.TIMESTAMP);
        refuses("2001-02-28 10:00:00 ", Types.TIME);
        refuses("0", Types.VARBINARY);
    }

    @Test
    void typesWithoutATextAreRefusedByName() {
        LoadException failure = assertThrows(
                LoadException.class, () -> ValueText.parse("1", new TableColumn("tags", Types.ARRAY, "INTEGER ARRAY")));

        assertEquals("column cannot be loaded from text: tags INTEGER ARRAY", failure.getMessage());
    }

    private static void refuses(String text, int type) {
        assertThrows(RuntimeException.class, () -> parse(text, type), text);
    }

    private static Object parse(String text, int type) {
        return ValueText.parse(text, new TableColumn("c", type, "TYPE"));
    }
}
