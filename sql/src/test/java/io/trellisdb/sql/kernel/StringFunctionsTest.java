package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.check;
import static io.trellisdb.sql.kernel.Calls.fails;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import org.junit.jupiter.api.Test;

class StringFunctionsTest {
    private static final DataType TEXT = DataType.VARCHAR;
    private static final DataType INT = DataType.INTEGER;
    private static final DataType BOOL = DataType.BOOLEAN;

    @Test
    void casesAndTrims() {
        check("ÄÖ1", "UPPER", TEXT, "äö1");
        check("abc", "LOWER", TEXT, "ABC");
        check("a b", "TRIM", TEXT, "  a b ");
        check("a b ", "LTRIM", TEXT, "  a b ");
        check("xxa", "RTRIM", TEXT, "xxaxy", "xy");
        check("b", "BTRIM", TEXT, "xxbx", "x");
        check("Hello World", "INITCAP", TEXT, "hELLO wORLD");
    }

    @Test
    void positionsCountCharacters() {
        check("öß", "SUBSTRING", TEXT, "aößb", 2, 2);
        check("a", "SUBSTRING", TEXT, "abc", -1, 3);
        check("bc", "SUBSTRING", TEXT, "abc", 2);
        check("", "SUBSTRING", TEXT, "abc", 9, 1);
        fails(ErrorCode.INVALID_PARAMETER, "-1", "SUBSTRING", TEXT, "abc", 1, -1);
        check(3, "POSITION", INT, "ß", "aößb");
        check(0, "POSITION", INT, "x", "abc");
        check(1, "POSITION", INT, "", "abc");
        check(4, "POSITION", INT, "a", "abca", 2);
        check(4, "CHAR_LENGTH", INT, "aößb");
        check(6, "OCTET_LENGTH", INT, "aößb");
        check(2, "LENGTH", INT, (Object) new byte[] {1, 2});
        check("ab", "LEFT", TEXT, "abc", 2);
        check("a", "LEFT", TEXT, "abc", -2);
        check("bc", "RIGHT", TEXT, "abc", 2);
        check("c", "RIGHT", TEXT, "abc", -2);
        check("aXYd", "OVERLAY", TEXT, "abcd", "XY", 2);
        check("aXYbcd", "OVERLAY", TEXT, "abcd", "XY", 2, 0);
    }

    @Test
    void textIsBuiltAndTakenApart() {
        check("ab", "||", TEXT, "a", "b");
        check("a1", "||", TEXT, "a", 1);
        check("a-b", "REPLACE", TEXT, "a.b", ".", "-");
        check("a2x5", "TRANSLATE", TEXT, "12345", "134", "ax");
        check("00x", "LPAD", TEXT, "x", 3, "0");
        check("xab", "RPAD", TEXT, "x", 3, "abc");
        check("ab", "LPAD", TEXT, "abc", 2);
        check("cba", "REVERSE", TEXT, "abc");
        check("ababab", "REPEAT", TEXT, "ab", 3);
        fails(ErrorCode.LIMIT_EXCEEDED, "longer", "REPEAT", TEXT, "ab", 100_000_000);
        check("b", "SPLIT_PART", TEXT, "a,b,c", ",", 2);
        check("c", "SPLIT_PART", TEXT, "a,b,c", ",", -1);
        check("a", "SPLIT_PART", TEXT, "a,b,c", ",", -3);
        check("", "SPLIT_PART", TEXT, "a,b,c", ",", -4);
        check("", "SPLIT_PART", TEXT, "a,b,c", ",", 4);
        check(228, "ASCII", INT, "ä");
        check("ä", "CHR", TEXT, 228);
        check("a1", "CONCAT", TEXT, "a", 1);
        check("a-1", "CONCAT_WS", TEXT, "-", "a", 1);
        check("900150983cd24fb0d6963f7d28e17f72", "MD5", TEXT, "abc");
        check(true, "STARTS_WITH", BOOL, "abc", "ab");
        check(false, "STARTS_WITH", BOOL, "a", "ab");
        check("7b", "TO_HEX", TEXT, 123);
    }

    @Test
    void concatPassesOverNulls() {
        org.junit.jupiter.api.Assertions.assertEquals("a", Calls.constant("CONCAT", TEXT, "a", null));
        org.junit.jupiter.api.Assertions.assertEquals("a,b", Calls.constant("CONCAT_WS", TEXT, ",", "a", null, "b"));
        org.junit.jupiter.api.Assertions.assertEquals(null, Calls.constant("||", TEXT, "a", null));
    }

    @Test
    void likeMatchesWholeTexts() {
        check(true, "LIKE", BOOL, "abc", "a%");
        check(true, "LIKE", BOOL, "abc", "_b_");
        check(true, "LIKE", BOOL, "aöc", "a_c");
        check(false, "LIKE", BOOL, "abc", "a");
        check(true, "LIKE", BOOL, "", "%");
        check(false, "LIKE", BOOL, "a", "");
        check(true, "LIKE", BOOL, "abcabc", "%b%c");
        check(false, "LIKE", BOOL, "abcab", "%b%c");
        check(true, "LIKE", BOOL, "aXbXc", "a%b%c");
        check(false, "LIKE", BOOL, "ab", "ab%ab");
        check(true, "LIKE", BOOL, "abab", "ab%ab");
        check(true, "LIKE", BOOL, "xaöyz", "%a__%");
        check(true, "LIKE", BOOL, "öäü", "%_ü");
        check(true, "LIKE", BOOL, "100%", "100\\%");
        check(false, "LIKE", BOOL, "1000", "100\\%");
        check(true, "LIKE", BOOL, "a_b", "a!_b", "!");
        check(false, "LIKE", BOOL, "axb", "a!_b", "!");
        check(true, "ILIKE", BOOL, "ABC", "a%C");
        check(true, "NOT LIKE", BOOL, "ABC", "a%");
        fails(ErrorCode.INVALID_ESCAPE, "ends", "LIKE", BOOL, "abc", "ab\\");
        fails(ErrorCode.INVALID_ESCAPE, "one character", "LIKE", BOOL, "abc", "ab", "xx");
    }
}
