package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.check;
import static io.trellisdb.sql.kernel.Calls.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.SeededSuite;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RegularExpressionsTest {
    private static final DataType BOOL = DataType.BOOLEAN;
    private static final DataType TEXT = DataType.VARCHAR;

    @Test
    void posixOperatorsSearchAnywhere() {
        check(true, "~", BOOL, "foobar", "o+b");
        check(false, "~", BOOL, "foobar", "^b");
        check(true, "~*", BOOL, "FOOBAR", "^foo(bar|baz)$");
        check(true, "!~", BOOL, "foobar", "x|y");
        check(true, "~", BOOL, "a1", "^[[:alpha:]]\\d{1,2}$");
        check(false, "~", BOOL, "a123", "^[^0-9]\\d{1,2}$");
        check(true, "REGEXP_LIKE", BOOL, "Grün", "GRÜN", "i");
    }

    @Test
    void similarToMatchesWholeTexts() {
        check(true, "SIMILAR TO", BOOL, "abc", "a%");
        check(true, "SIMILAR TO", BOOL, "abc", "(a|x)b_");
        check(false, "SIMILAR TO", BOOL, "abc", "b");
        check(true, "SIMILAR TO", BOOL, "a.c", "a.c");
        check(false, "SIMILAR TO", BOOL, "abc", "a.c");
        check(true, "SIMILAR TO", BOOL, "100%", "[0-9]{3}!%", "!");
        check(true, "NOT SIMILAR TO", BOOL, "abc", "a|b");
    }

    @Test
    void replacementsKnowGroups() {
        check("b-a", "REGEXP_REPLACE", TEXT, "a-b", "(\\w)-(\\w)", "\\2-\\1");
        check("x1 x2", "REGEXP_REPLACE", TEXT, "a1 b2", "[a-z]", "x", "g");
        check("x1 b2", "REGEXP_REPLACE", TEXT, "a1 b2", "[a-z]", "x");
        check("-a-b-", "REGEXP_REPLACE", TEXT, "ab", "x*", "-", "g");
        check("12", "REGEXP_SUBSTR", TEXT, "ab12c3", "\\d+");
        check("a", "REGEXP_SUBSTR", TEXT, "aaa", "a+?");
        check("ab", "REGEXP_SUBSTR", TEXT, "abb", "a?b?");
        check(2, "REGEXP_COUNT", DataType.INTEGER, "ab12c3", "\\d+");
    }

    @Test
    void whatCannotBeMatchedInLinearTimeIsRefused() {
        fails(ErrorCode.INVALID_REGULAR_EXPRESSION, "back references", "~", BOOL, "aa", "(a)\\1");
        fails(ErrorCode.INVALID_REGULAR_EXPRESSION, "look-around", "~", BOOL, "aa", "(?=a)");
        fails(ErrorCode.INVALID_REGULAR_EXPRESSION, "missing )", "~", BOOL, "aa", "(a");
        fails(ErrorCode.INVALID_REGULAR_EXPRESSION, "steps", "~", BOOL, "aa", "((a{100}){100}){100}");
        fails(ErrorCode.INVALID_REGULAR_EXPRESSION, "nothing to repeat", "~", BOOL, "aa", "*a");
    }

    @Test
    void evilPatternsTakeLinearTime() {
        String text = "a".repeat(3000);
        check(false, "~", BOOL, text, "^(a+)+$b");
        check(false, "SIMILAR TO", BOOL, text, "(a|aa)*b");
        check(false, "LIKE", BOOL, text, "%a%a%a%a%a%a%a%a%b");
    }

    @Test
    void searchesAgreeWithJavas() {
        new SeededSuite("regular-expressions", 2000, 0.05).run(random -> {
            String pattern = pattern(random, 3);
            String text = text(random);
            Matcher expected = Pattern.compile(pattern).matcher(text);
            int[] found = RegexCompiler.compile(pattern, false, false)
                    .find(text.codePoints().toArray(), 0);
            boolean matches = expected.find();
            assertEquals(matches, found.length > 0, pattern + " in " + text);
            if (matches) {
                assertEquals(
                        expected.start() + "-" + expected.end(), found[0] + "-" + found[1], pattern + " in " + text);
            }
        });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static String pattern(Random random, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            switch (depth == 0 ? random.nextInt(3) : random.nextInt(5)) {
                case 0 -> pattern.append((char) ('a' + random.nextInt(3)));
                case 1 -> pattern.append('.');
                case 2 -> pattern.append(random.nextBoolean() ? "[ab]" : "[^b]");
                case 3 -> pattern.append("(").append(pattern(random, depth - 1)).append(")");
                default ->
                    pattern.append("(?:")
                            .append(pattern(random, depth - 1))
                            .append("|")
                            .append(pattern(random, depth - 1))
                            .append(random.nextBoolean() ? "|" + pattern(random, depth - 1) : "")
                            .append(")");
            }
            // bodies that match nothing are repeated differently by every engine, so none is optional here
            String[] repetitions = {"", "", "", "+", "{2}", "{1,2}"};
            pattern.append(repetitions[random.nextInt(repetitions.length)]);
        }
        return pattern.toString();
    }
}
