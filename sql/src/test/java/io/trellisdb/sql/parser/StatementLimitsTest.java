package io.trellisdb.sql.parser;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementLimitsTest {
    /** Prefix | what is repeated | middle | what is repeated behind. */
    private static final String[] DEEP = {
        "select |(|1|)",
        "select |f(|1|)",
        "select 1|+1||",
        "select 1|||'a'||",
        "select |not |true|",
        "select |- |1|",
        "select |case when a then |1| end",
        "select |array[|1|]",
        "select |interval (|1|) day",
        "select 1|::int||",
        "select a| is null||",
        "select a| between 1 and 1||",
        "select a from t where a = 1| or a = 1||",
        "select a from t where a = 1| and a = 1||",
        "select 1| union select 1||",
        "select * from |(|select 1|)",
        "select 1 from t| join t on a||",
        "select a|.a||",
    };

    @ParameterizedTest
    @ValueSource(ints = {300, 2_000, 100_000})
    void deepStatementsAreParsedOrRefusedButNeverOverflow(int depth) {
        for (String shape : DEEP) {
            String[] part = shape.replace("|||'", "|\0\0'").split("\\|", -1);
            String sql = part[0]
                    + part[1].replace('\0', '|').repeat(depth)
                    + part[2]
                    + (part.length > 3 ? part[3].repeat(depth) : "");

            try {
                SqlSyntax.parseStatement(sql);
            } catch (TrellisException e) {
                String state = e.code().sqlState();
                assertEquals("54", state.substring(0, 2), () -> shape + ": " + e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false", "300, false", "100000, false"})
    void bracketsNestUpToALimit(int depth, boolean accepted) {
        String sql = "select " + "(".repeat(depth) + "1" + ")".repeat(depth);

        if (accepted) {
            assertDoesNotThrow(() -> SqlSyntax.parseStatement(sql));
        } else {
            assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, refusal(sql));
        }
    }

    @Test
    void listsOfInHaveALimit() {
        String values = "1" + ",1".repeat(StatementLimits.IN_LIST_MAX - 1);

        assertDoesNotThrow(() -> SqlSyntax.parseStatement("select a in (" + values + ") from t"));
        assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, refusal("select a not in  (" + values + ",1) from t"));
        assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, refusal("select a IN\n(" + values + ",1) from t"));
    }

    @Test
    void rowsOfValuesAreNotAListOfIn() {
        String rows = "(1)" + ",(1)".repeat(20_000);

        assertDoesNotThrow(() -> SqlSyntax.parseStatement("insert into t values " + rows));
    }

    @Test
    void textHasALimit() {
        String sql = "select '" + "x".repeat(StatementLimits.TEXT_LENGTH_MAX) + "'";

        assertEquals(ErrorCode.LIMIT_EXCEEDED, refusal(sql));
    }

    @Test
    void bracketsInStringsNamesAndCommentsDoNotNest() {
        String open = "(".repeat(1_000);

        assertDoesNotThrow(() -> SqlSyntax.parseStatement(
                "select '" + open + "''', 1 as \"" + "(".repeat(100) + "\" /* " + open + " */ -- " + open));
    }

    @Test
    void casesAndBracketsCloseWhatTheyOpened() {
        String item = ", case when a in (1, 2) then (case b when 1 then 2 end) else 3 end";

        assertDoesNotThrow(() -> SqlSyntax.parseStatement("select 1" + item.repeat(1_000) + " from t"));
    }

    @Test
    void brokenTextsAreSyntaxErrors() {
        for (String sql : new String[] {
            "", ";", "select )))", "select ((", "'", "\"", "/*", "--", "select 'a", "end end", "\0", "?"
        }) {
            assertEquals(ErrorCode.SYNTAX_ERROR, refusal(sql), sql);
        }
    }

    private static ErrorCode refusal(String sql) {
        return assertThrows(TrellisException.class, () -> SqlSyntax.parseStatement(sql))
                .code();
    }
}
