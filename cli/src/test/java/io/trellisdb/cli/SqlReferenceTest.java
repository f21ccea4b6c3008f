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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs what the SQL reference shows: its examples work and what it calls refused is refused. */
final class SqlReferenceTest {
    private static final Path PAGE =
            RepositoryRoot.find().resolve("docs").resolve("reference").resolve("sql.md");
    private static final Pattern FUNCTION = Pattern.compile("`([A-Z][A-Z0-9_]+)`");

    @Test
    void examplesRunAndRefusalsAreRefused() throws SQLException, IOException {
        List<String> complaints = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:trellis:mem:reference")) {
            for (String sql : statements("```sql")) {
                run(connection, sql).ifPresent(failure -> complaints.add("failed: " + sql + "\n  " + failure));
            }
            for (String sql : statements("```sql refused")) {
                String failure = run(connection, sql).orElse("nothing");
                if (failure.equals("nothing") || failure.startsWith("XX000")) {
                    complaints.add("not refused: " + sql + "\n  " + failure);
                }
            }
        }

        assertEquals("", String.join("\n", complaints));
    }

    /** Called without arguments, a function that exists complains about them, and not that it does not exist. */
    @Test
    void everyFunctionInTheTableExists() throws SQLException, IOException {
        List<String> names = functionNames();
        List<String> unknown = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:trellis:mem:functions")) {
            for (String name : names) {
                run(connection, "SELECT " + name + "()")
                        .filter(failure -> failure.contains("function does not exist"))
                        .ifPresent(unknown::add);
            }
        }

        assertTrue(names.size() > 150, names.toString());
        assertEquals(List.of(), unknown);
    }

    private static List<String> functionNames() throws IOException {
        List<String> names = new ArrayList<>();
        boolean isInside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                isInside = line.equals("## Functions");
            } else if (isInside) {
                Matcher name = FUNCTION.matcher(line);
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
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
