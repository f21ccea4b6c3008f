package io.trellisdb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import io.trellisdb.examples.TypedQuery.FloorSize;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Runs the programs on a node in this process. */
final class ExamplesTest {
    private static final String URL = "jdbc:trellis:mem:examples";

    @Test
    void firstStepsAnswerHourByHour() throws SQLException {
        LocalDateTime midnight = LocalDateTime.of(2026, 1, 1, 0, 0);
        try (Connection connection = DriverManager.getConnection(URL)) {
            Map<LocalDateTime, Double> expected =
                    Map.of(midnight, 20.0, midnight.plusHours(1), 21.0, midnight.plusHours(2), 22.0);

            assertEquals(expected, FirstSteps.hourlyMeans(connection));
            assertEquals(expected, FirstSteps.hourlyMeans(connection), "the second run");
        }
    }

    @Test
    void pooledWritersLoseNothing() throws SQLException, InterruptedException, ExecutionException {
        try (HikariDataSource pool = PooledWriters.pool(URL)) {
            assertEquals(PooledWriters.THREADS * PooledWriters.ORDERS, PooledWriters.writeAndCount(pool));
        }
    }

    @Test
    void typedQueriesSpeakPostgresqlsFlavour() throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL)) {
            assertEquals(
                    List.of(
                            new FloorSize("ground", 2, new BigDecimal("60.00")),
                            new FloorSize("first", 2, new BigDecimal("10.00"))),
                    TypedQuery.largeFloors(connection));
        }
    }
}
