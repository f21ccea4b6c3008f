package io.trellisdb.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class GuessedTypeTest {
    @Test
    void singleValuesGiveTheirNarrowestType() {
        assertEquals("INTEGER", guess("-12"));
        assertEquals("INTEGER", guess("2147483647"));
        assertEquals("BIGINT", guess("2147483648"));
        assertEquals("DOUBLE", guess("9223372036854775808"));
        assertEquals("DOUBLE", guess("-1.5e-3"));
        assertEquals("DOUBLE", guess(".5"));
        assertEquals("BOOLEAN", guess("True"));
        assertEquals("DATE", guess("2001-02-28"));
        assertEquals("TIME", guess("23:59:59"));
        assertEquals("TIMESTAMP(3)", guess("2001-02-28 10:00:00"));
        assertEquals("TIMESTAMP(6)", guess("2001-02-28T10:00:00.1234"));
        assertEquals("TIMESTAMP(9)", guess("2001-02-28 10:00:00.123456789"));
        assertEquals("UUID", guess("123e4567-e89b-12d3-a456-426614174000"));
        assertEquals("UUID", guess("f23e4567-e89b-12d3-a456-426614174000"));
        assertEquals("VARCHAR", guess("Seattle"));
    }

    @Test
    void valuesThatOnlyLookLikeSomethingAreText() {
        assertEquals("VARCHAR", guess("007"));
        assertEquals("VARCHAR", guess("00M"));
        assertEquals("VARCHAR", guess("2001-02-30"));
        assertEquals("VARCHAR", guess("2001-13-01 10:00:00"));
        assertEquals("VARCHAR", guess("25:00:00"));
        assertEquals("VARCHAR", guess("."));
        assertEquals("VARCHAR", guess("-"));
        assertEquals("VARCHAR", guess("e5"));
        assertEquals("VARCHAR", guess("1d"));
        assertEquals("VARCHAR", guess("NaN"));
        assertEquals("VARCHAR", guess(""));
        assertEquals("VARCHAR", guess(" "));
        assertEquals("VARCHAR", guess("false alarm"));
    }

    @Test
    void aColumnIsAsWideAsItsWidestValue() {
        assertEquals("BIGINT", guess("1", "3000000000", "2"));
        assertEquals("DOUBLE", guess("1", "2.5", "3000000000"));
        assertEquals("TIMESTAMP(3)", guess("2001-02-28", "2001-03-01 10:00:00"));
        assertEquals("TIMESTAMP(6)", guess("2001-02-28 10:00:00.123456", "2001-03-01"));
        assertEquals("VARCHAR", guess("1", "true"));
        assertEquals("VARCHAR", guess("2001-02-28", "12"));
        assertEquals("VARCHAR", guess("text", "1"));
    }

    @Test
    void aColumnWithoutValuesIsText() {
        assertEquals("VARCHAR", guess());
    }

    private static String guess(String... values) {
        GuessedType type = new GuessedType();
        for (String value : values) {
            type.see(value);
        }
        return type.sqlName();
    }
}
