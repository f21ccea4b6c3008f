package io.trellisdb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import io.trellisdb.examples.TypedQuery.FloorSize;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.node.TrellisNode;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the programs on an embedded node and over the network: the same SQL, the same answers. */
final class ExamplesTest {
    private static final TrellisNode SERVER = new TrellisNode(
            ServerConfig.of(Map.of("node.listen", "127.0.0.1:0", "http.listen", "", "cluster.partitions", "16")), null);

    @BeforeAll
    static void startServer() {
        SERVER.start();
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    static List<String> urls() {
        InetSocketAddress address = SERVER.sqlAddress().orElseThrow();
        return List.of("jdbc:trellis:mem:examples", "jdbc:trellis://127.0.0.1:" + address.getPort() + "/");
    }

    @ParameterizedTest
    @MethodSource("urls")
    void firstStepsAnswerHourByHour(String url) throws SQLException {
        LocalDateTime midnight = LocalDateTime.of(2026, 1, 1, 0, 0);
        try (Connection connection = DriverManager.getConnection(url)) {
            Map<LocalDateTime, Double> expected =
                    Map.of(midnight, 20.0, midnight.plusHours(1), 21.0, midnight.plusHours(2), 22.0);

            assertEquals(expected, FirstSteps.hourlyMeans(connection));
            assertEquals(expected, FirstSteps.hourlyMeans(connection), "the second run");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void pooledWritersLoseNothing(String url) throws SQLException, InterruptedException, ExecutionException {
        try (HikariDataSource pool = PooledWriters.pool(url)) {
            assertEquals(PooledWriters.THREADS * PooledWriters.ORDERS, PooledWriters.writeAndCount(pool));
            assertEquals(PooledWriters.THREADS, pool.getMaximumPoolSize());
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void typedQueriesSpeakPostgresqlsFlavour(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            assertEquals(
                    List.of(
                            new FloorSize("ground", 2, new BigDecimal("60.00")),
                            new FloorSize("first", 2, new BigDecimal("10.00"))),
                    TypedQuery.largeFloors(connection));
        }
    }
}
