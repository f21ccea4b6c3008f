package io.trellisdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code sql} with a script, on a node in this process. */
final class ScriptTest {
    private static final String URL = "jdbc:trellis:mem:script";
    private static final String VALUES = """
            SELECT * FROM (VALUES
                (1, CAST(1.50 AS DECIMAL(5, 2)), 'a,b', CAST(NULL AS VARCHAR), TRUE),
                (20, CAST(-3 AS DECIMAL(5, 2)), 'say "x"', '', FALSE)) AS t (n, d, s, e, b) ORDER BY n""";

    @TempDir
    private Path folder;

    @Test
    void tablesAlignNumbersToTheRight() {
        assertEquals("""
                  n |     d | s       | e    | b
                ----+-------+---------+------+-------
                  1 |  1.50 | a,b     | NULL | true
                 20 | -3.00 | say "x" |      | false
                (2 rows)

                """, sql("-e", VALUES).out());
    }

    @Test
    void valuesOfSeveralLinesStayInTheirColumn() {
        assertEquals("""
                 a | b  | c
                ---+----+---
                 1 | x  | z
                   | yy |
                (1 row)

                """, sql("-e", "SELECT 1 AS a, 'x\nyy' AS b, 'z' AS c").out());
    }

    @Test
    void csvTellsNullFromEmptyText() {
        assertEquals("""
                1,1.50,"a,b",,true
                20,-3.00,"say ""x""\","",false
                """, sql("--format", "csv", "-e", VALUES).out());
        assertEquals(
                "n,s\n1,a\n",
                sql("--format", "csv", "--header", "-e", "SELECT 1 AS n, 'a' AS s")
                        .out());
    }

    @Test
    void jsonIsOneObjectForEachRow() {
        assertEquals("""
                {"n":1,"d":1.50,"s":"a,b","e":null,"b":true}
                {"n":20,"d":-3.00,"s":"say \\"x\\"","e":"","b":false}
                """, sql("--format", "json", "-e", VALUES).out());
        assertEquals(
                "{\"a\":[1,null,3],\"x\":\"NaN\",\"y\":1,\"y_2\":2,\"s\":\"\\u0001\\n\"}\n",
                sql(
                                "--format",
                                "json",
                                "-e",
                                "SELECT ARRAY[1, NULL, 3] AS a, CAST('NaN' AS DOUBLE) AS x, 1 AS y, 2 AS y,"
                                        + " '\u0001\n' AS s")
                        .out());
    }

    @Test
    void changesAreCountedForPeopleOnly() {
        String script =
                "CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2); UPDATE t SET a = a WHERE"
                        + " FALSE; DELETE FROM t WHERE a = 1";

        assertEquals(
                "2 rows changed\n0 rows changed\n1 row changed\n",
                sql("-e", script).out());
        assertEquals("", sql("--format", "csv", "-e", script).out());
    }

    @Test
    void aLongResultIsPrintedWhole() {
        CommandRun run = sql(
                "--format",
                "table",
                "-e",
                "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n");

        assertEquals(2500 + 4, run.out().lines().count());
        assertTrue(run.out().endsWith(" 2500\n(2500 rows)\n\n"), run.out());
    }

    @Test
    void theFirstFailureEndsTheScript() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.sql"), "select 1;\n-- a comment\nselect * from nothing;\nselect 2;");

        CommandRun run = sql("--format", "csv", "-f", file.toString());

        assertEquals(1, run.status());
        assertEquals("1\n", run.out());
        assertTrue(run.err().startsWith("42P01: "), run.err());
        assertTrue(run.err().endsWith("(statement in line 3)\n"), run.err());
    }

    @Test
    void scriptsAlsoComeFromStandardInput() {
        CommandRun run = CommandRun.withInput("select 1;\nselect 'ü';", "sql", URL, "--format", "csv");

        assertEquals("1\nü\n", run.out());
        assertEquals(0, run.status());
    }

    @Test
    void brokenScriptsAreReported() {
        CommandRun run = sql("-e", "select 'open");

        assertEquals("1: script ends inside a text whose quote opens in line 1\n", run.failure());
    }

    private static CommandRun sql(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "sql";
        all[1] = URL;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.of(all);
    }
}
