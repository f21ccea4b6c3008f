package io.trellisdb.bench.side;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.data.DataSet;
import io.trellisdb.bench.data.Shape;
import io.trellisdb.bench.data.Variant;
import io.trellisdb.bench.side.QueryTimer.Form;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every query gives the same answers in Trellis, DuckDB and H2, all of them inside this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EqualAnswersTest {
    private static final Shape SHAPE = new Shape(20, 500);
    private static final DataSet DATA = new DataSet(SHAPE, Variant.SENSOR, false);

    private final TimeZone zone = TimeZone.getDefault();
    private Connection trellis;
    private Connection duckDb;
    private Connection h2;

    @BeforeAll
    void load() throws SQLException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        trellis = DriverManager.getConnection("jdbc:trellis:mem:side");
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        h2 = DriverManager.getConnection("jdbc:h2:mem:side;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        fill(Contender.TRELLIS, trellis, DriverManager.getConnection("jdbc:trellis:mem:side"));
        fill(
                Contender.DUCKDB,
                duckDb,
                duckDb.unwrap(org.duckdb.DuckDBConnection.class).duplicate());
        fill(Contender.H2, h2, DriverManager.getConnection("jdbc:h2:mem:side;DATABASE_TO_LOWER=TRUE"));
    }

    private static void fill(Contender contender, Connection connection, Connection loading) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(contender.dialect().createTable("cpu", SHAPE.hosts()));
        }
        try (RowWriter writer = contender.inserter(loading, "cpu", new Cpu(SHAPE.hosts()))) {
            long written = new Load(Load.BATCH_ROWS, Duration.ofMinutes(1)).run(DATA.arrivals(), writer);
            assertEquals(SHAPE.rows(), written);
        }
    }

    @AfterAll
    void close() throws SQLException {
        TimeZone.setDefault(zone);
        trellis.close();
        duckDb.close();
        h2.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersAreEqualAsTextAndPrepared(CpuQuery query) throws SQLException {
        List<Answer> expected = new QueryTimer(query, Dialect.DUCKDB, SHAPE).answers(duckDb);

        for (Form form : Form.values()) {
            assertEquals(
                    Optional.empty(),
                    new QueryTimer(query, Dialect.TRELLIS, SHAPE).difference(trellis, expected, form));
            assertEquals(Optional.empty(), new QueryTimer(query, Dialect.H2, SHAPE).difference(h2, expected, form));
        }
    }

    @Test
    void upsertsReplaceRowsInEverySystem() throws SQLException {
        replaceAll(Contender.TRELLIS, DriverManager.getConnection("jdbc:trellis:mem:side"));
        replaceAll(
                Contender.DUCKDB,
                duckDb.unwrap(org.duckdb.DuckDBConnection.class).duplicate());
        replaceAll(Contender.H2, DriverManager.getConnection("jdbc:h2:mem:side;DATABASE_TO_LOWER=TRUE"));

        List<Answer> expected = new QueryTimer(CpuQuery.T9B, Dialect.DUCKDB, SHAPE).answers(duckDb);
        assertEquals(
                Optional.empty(),
                new QueryTimer(CpuQuery.T9B, Dialect.TRELLIS, SHAPE).difference(trellis, expected, Form.LITERAL));
        assertEquals(
                Optional.empty(),
                new QueryTimer(CpuQuery.T9B, Dialect.H2, SHAPE).difference(h2, expected, Form.LITERAL));
    }

    private static void replaceAll(Contender contender, Connection connection) throws SQLException {
        DataSet others = new DataSet(new Shape(SHAPE.hosts(), 50), Variant.TSBS, false);
        try (RowWriter writer = contender.upserter(connection, "cpu", new Cpu(SHAPE.hosts()))) {
            new Load(Load.BATCH_ROWS, Duration.ofMinutes(1)).run(others.ordered(), writer);
        }
    }
}
