package io.trellisdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.cli.script.ScriptStatement;
import io.trellisdb.cli.script.StatementReader;
import io.trellisdb.testing.RepositoryRoot;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs what the SQL reference shows: its examples work and what it calls refused is refused. */
final class SqlReferenceTest {
    private static final Path PAGE =
            RepositoryRoot.find().resolve("docs").resolve("reference").resolve("sql.md");

    @Test
    void examplesRunAndRefusalsAreRefused() throws SQLException, IOException {
        List<String> complaints = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:trellis:mem:reference")) {
            for (String sql : statements("```sql")) {
                run(connection, sql).ifPresent(failure -> complaints.add("failed: " + sql + "\n  " + failure));
            }
            for (String sql : statements("```sql refused")) {
                if (run(connection, sql).isEmpty()) {
                    complaints.add("not refused: " + sql);
                }
            }
        }

        assertEquals("", String.join("\n", complaints));
    }

    /** The failure, with its rows read to the end, or nothing. */
    private static Optional<String> run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            rows.getString(i);
                        }
                    }
                }
            }
            return Optional.empty();
        } catch (SQLException e) {
            assertTrue(e.getSQLState() != null && !e.getSQLState().equals("XX000"), e.toString());
            return Optional.of(e.getSQLState() + ": " + e.getMessage());
        }
    }

    private static List<String> statements(String fence) throws IOException {
        StringBuilder script = new StringBuilder();
        boolean isInside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                isInside = line.equals(fence);
            } else if (isInside) {
                script.append(line).append('\n');
            }
        }
        StatementReader reader = new StatementReader(new StringReader(script.toString()));
        List<String> statements = new ArrayList<>();
        for (Optional<ScriptStatement> next = reader.next(); next.isPresent(); next = reader.next()) {
            statements.add(next.get().text());
        }
        assertTrue(statements.size() > 10, fence);
        return statements;
    }
}
