package io.trellisdb.sql.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.testing.SeededSuite;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The same queries over the same rows, planned and run by us and answered by H2: the rows must be equal, in any order unless
 * the query orders them completely ({@code ordered:} before it).
 *
 * <p>Numbers are compared to nine digits, since averages and divisions have other scales there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DifferentialTest {
    private static final String ORDERED = "ordered:";
    private static final MathContext DIGITS = new MathContext(9);
    private static final int QUERIES_MIN = 150;
    private static final int RANDOM_QUERIES = 200;

    private final List<SampleTables.Table> tables = SampleTables.all();
    private QueryRunner runner;
    private Connection oracle;

    @BeforeAll
    void fill() throws SQLException {
        runner = new QueryRunner(tables);
        oracle = DriverManager.getConnection(
                "jdbc:h2:mem:differential;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        try (Statement statement = oracle.createStatement()) {
            for (SampleTables.Table table : tables) {
                for (String sql : table.statements()) {
                    statement.execute(sql);
                }
            }
        }
    }

    @AfterAll
    void close() throws SQLException {
        runner.close();
        oracle.close();
    }

    private static List<String> queries() throws IOException {
        try (InputStream in = DifferentialTest.class.getResourceAsStream("/differential/queries.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*\\n", "");
            return Arrays.stream(text.split(";\\s*\\n"))
                    .map(String::strip)
                    .filter(query -> !query.isEmpty())
                    .toList();
        }
    }

    @Test
    void thereAreEnoughQueries() throws IOException {
        assertTrue(queries().size() >= QUERIES_MIN, "queries: " + queries().size());
    }

    @TestFactory
    Stream<DynamicTest> answersAreH2s() throws IOException {
        return queries().stream().map(query -> DynamicTest.dynamicTest(query, () -> compare(query)));
    }

    @Test
    void answersToRandomQueriesAreH2s() {
        new SeededSuite("sql-differential", RANDOM_QUERIES, 0.1)
                .run(random -> compareIfSupported(new RandomQuery(random).next()));
    }

    private void compareIfSupported(String text) throws SQLException {
        try {
            compare(text);
        } catch (TrellisException e) {
            assertEquals(ErrorCode.NOT_SUPPORTED, e.code(), () -> text + ": " + e.getMessage());
        }
    }

    private void compare(String text) throws SQLException {
        boolean ordered = text.startsWith(ORDERED);
        String sql = ordered ? text.substring(ORDERED.length()).strip() : text;
        List<String> expected = expected(sql);
        List<String> actual = normal(runner.run(sql));
        if (!ordered) {
            expected.sort(null);
            actual.sort(null);
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual), () -> sql + "\n" + runner.explain(sql));
    }

    private List<String> expected(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = oracle.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(value(result, i));
                }
                rows.add(row);
            }
        }
        return normal(rows);
    }

    private static Object value(ResultSet result, int column) throws SQLException {
        return switch (result.getMetaData().getColumnTypeName(column).toUpperCase(Locale.ROOT)) {
            case "DATE" -> result.getObject(column, java.time.LocalDate.class);
            case "TIMESTAMP" -> result.getObject(column, java.time.LocalDateTime.class);
            case "CHARACTER VARYING", "CHARACTER" -> result.getString(column);
            default -> result.getObject(column);
        };
    }

    private static List<String> normal(List<List<Object>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<Object> row : rows) {
            List<String> values = new ArrayList<>();
            for (Object value : row) {
                values.add(normal(value));
            }
            lines.add(String.join(" | ", values));
        }
        return lines;
    }

    private static String normal(Object value) {
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            return number.toString();
        }
        if (value instanceof Number number) {
            BigDecimal rounded = new BigDecimal(number.toString()).round(DIGITS);
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }
}
