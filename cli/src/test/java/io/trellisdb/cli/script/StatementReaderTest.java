package io.trellisdb.cli.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatementReaderTest {
    @Test
    void semicolonsEndStatements() throws IOException {
        assertEquals(List.of("1: select 1", "1: select 2"), split("select 1; select 2;"));
    }

    @Test
    void lastStatementNeedsNoSemicolon() throws IOException {
        assertEquals(List.of("1: select 1", "2: select 2"), split("select 1;\nselect 2\n"));
    }

    @Test
    void emptyStatementsAndLoneCommentsAreSkipped() throws IOException {
        assertEquals(List.of("4: select 1"), split(";;\n-- nothing here;\n /* nor ; here */ ;\nselect 1;;\n-- end"));
    }

    @Test
    void quotedSemicolonsEndNothing() throws IOException {
        assertEquals(
                List.of("1: select 'a;b', 'it''s;', \"c;d\", \"e\"\";f\"", "1: select 2"),
                split("select 'a;b', 'it''s;', \"c;d\", \"e\"\";f\"; select 2"));
    }

    @Test
    void commentsInsideStatementsStayAndEndNothing() throws IOException {
        assertEquals(
                List.of("1: select 1 -- one; two '\n+ /* three; ' */ 2", "2: select 3"),
                split("select 1 -- one; two '\n+ /* three; ' */ 2; select 3"));
    }

    @Test
    void minusAndSlashAloneAreOperators() throws IOException {
        assertEquals(List.of("1: select 4 - 1 / 2 -1"), split("select 4 - 1 / 2 -1;"));
    }

    @Test
    void commentMarksInsideQuotesAreText() throws IOException {
        assertEquals(List.of("1: select '--', '/*'", "1: select 2"), split("select '--', '/*'; select 2"));
    }

    @Test
    void linesAreThoseWhereCodeBegins() throws IOException {
        assertEquals(
                List.of("3: -- first\n\nselect 1", "5: select 'a\nb'", "7: select 2"),
                split("-- first\n\nselect 1;\n\nselect 'a\nb';\nselect 2"));
    }

    @Test
    void openQuotesAreReportedWithTheirLine() {
        assertEquals("script ends inside a text whose quote opens in line 2", failure("select 1;\nselect 'a;\n\n"));
        assertEquals("script ends inside a name whose quote opens in line 1", failure("select \"a;"));
        assertEquals("script ends inside a comment that begins in line 1", failure("/* a;\n b"));
    }

    @Test
    void statementsAreBounded() {
        String endless = "x".repeat(StatementReader.MAX_CHARACTERS + 1);

        assertEquals("statement is longer than 16777216 characters, up to line 1", failure(endless));
    }

    private static String failure(String script) {
        return assertThrows(ScriptException.class, () -> split(script)).getMessage();
    }

    private static List<String> split(String script) throws IOException {
        StatementReader reader = new StatementReader(new StringReader(script));
        List<String> statements = new ArrayList<>();
        for (Optional<ScriptStatement> next = reader.next(); next.isPresent(); next = reader.next()) {
            statements.add(next.get().line() + ": " + next.get().text());
        }
        return statements;
    }
}
