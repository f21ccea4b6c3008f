package io.trellisdb.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.sql.syntax.SqlText;
import io.trellisdb.testing.GoldenScripts;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What statements become, as scripts; every statement that parses must print as SQL that parses to an equal tree. */
final class SyntaxScriptsTest {
    @TestFactory
    Stream<DynamicTest> statementsPrintAsTheyParse() {
        return GoldenScripts.area("syntax", () -> SyntaxScriptsTest::parseAndPrint);
    }

    private static String parseAndPrint(String sql) {
        SqlNode statement = SqlSyntax.parseStatement(sql);
        String printed = SqlText.of(statement);

        SqlNode again = SqlSyntax.parseStatement(printed);
        assertEquals(printed, SqlText.of(again), "printed text is not a fixed point");
        assertTrue(again.equalsDeep(statement, Litmus.IGNORE), () -> "trees differ: " + printed);

        return statement.getClass().getSimpleName() + "\n" + printed;
    }
}
