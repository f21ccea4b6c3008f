package io.trellisdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code import} on a node in this process. */
final class ImportTest {
    private static final String URL = "jdbc:trellis:mem:import";

    @TempDir
    private Path folder;

    private Connection connection;

    /** The node and its tables last as long as this connection. */
    @BeforeEach
    void openNode() throws SQLException {
        connection = DriverManager.getConnection(URL);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, note VARCHAR(5), ts TIMESTAMP(3))");
        }
    }

    @AfterEach
    void closeNode() throws SQLException {
        connection.close();
    }

    @Test
    void createGuessesAndPrintsTheTable() throws IOException {
        CommandRun run = load("Id,Seen,what\n1,2001-02-28 10:00:00,x\n2,,\"\"\n", "u", "--create", "--key", "id");

        assertEquals(
                "CREATE TABLE u (\"id\" INTEGER NOT NULL, \"seen\" TIMESTAMP(3), \"what\" VARCHAR, PRIMARY KEY (\"id\"))\n",
                run.out());
        assertTrue(run.err().contains("a.csv into u: 2 rows in "), run.err());
        assertEquals("1,2001-02-28 10:00:00,x\n2,,\"\"\n", query("select * from u order by id"));
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        CommandRun run = load("NOTE,id\nx,1\n,2\n", "t");

        assertEquals(0, run.status(), run.err());
        assertEquals("1,x,\n2,,\n", query("select * from t order by id"));
        assertEquals(
                "1: table t has no column for the file's column: other, it has id, note, ts\n",
                load("id,other\n", "t").failure());
    }

    @Test
    void badValuesAreNamedWithLineAndColumn() throws IOException {
        CommandRun run = load("id,ts\n1,2001-02-28 10:00:00\n2,2001-02-30 10:00:00\n", "t");

        assertEquals(
                "1: not a value of type TIMESTAMP: '2001-02-30 10:00:00' in " + folder.resolve("a.csv")
                        + " line 3 column ts\n",
                run.failure());
        assertEquals("0\n", query("select count(*) from t"));
    }

    @Test
    void refusedValuesAreNamedWithTheirLine() throws IOException {
        CommandRun run = load("id,note\n1,short\n2,longer\n", "t");

        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("22001: "), run.err());
        assertTrue(run.err().contains("a.csv line 3"), run.err());
    }

    @Test
    void earlierBatchesStayWhenOneIsRefused() throws IOException {
        CommandRun run = load("id\n1\n2\n3\n3\n5\n", "t", "--batch", "2");

        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("23505: "), run.err());
        assertTrue(run.err().contains("; the 2 rows before were loaded"), run.err());
        assertEquals("1\n2\n", query("select id from t order by id"));
    }

    @Test
    void upsertReplacesRows() throws IOException {
        load("id,note\n1,old\n", "t");

        assertEquals(0, load("id,note\n1,new\n2,x\n1,last\n", "t", "--upsert").status());
        assertEquals("1,last\n2,x\n", query("select id, note from t order by id"));
    }

    private CommandRun load(String csv, String table, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), csv);
        String[] all = new String[options.length + 5];
        all[0] = "import";
        all[1] = file.toString();
        all[2] = URL;
        all[3] = "--into";
        all[4] = table;
        System.arraycopy(options, 0, all, 5, options.length);
        return CommandRun.of(all);
    }

    private static String query(String sql) {
        return CommandRun.of("sql", URL, "--format", "csv", "-e", sql).out();
    }
}
