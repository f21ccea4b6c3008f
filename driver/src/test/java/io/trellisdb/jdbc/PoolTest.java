package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.StatementKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** The driver under a pool and under jOOQ. */
final class PoolTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 50;

    /** Gives back the one INTEGER parameter. */
    private static final ScriptedServer.Script ECHO = (peer, frame) -> {
        if (frame.request() instanceof Request.Prepare) {
            peer.reply(
                    frame,
                    new Response.Prepared(
                            1,
                            StatementKind.QUERY,
                            false,
                            List.of(DataType.INTEGER),
                            List.of(ColumnMetadata.ofExpression("n", DataType.INTEGER)),
                            new Routing.Anywhere()));
        } else if (frame.request() instanceof Request.Execute execute) {
            peer.reply(frame, new RowBatch(0, Progress.LAST, null, execute.parameters()));
        }
    };

    @Test
    void poolOfEightThreadsGetsTheirOwnAnswers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (SocketServer server = SocketServer.start(ECHO)) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.url());
            config.setMaximumPoolSize(THREADS);
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            config.setSchema("travel");
            try (HikariDataSource pool = new HikariDataSource(config)) {
                List<Future<Integer>> sums = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    sums.add(threads.submit(() -> sumOfEchoes(pool, number)));
                }
                for (int thread = 0; thread < THREADS; thread++) {
                    assertEquals(thread * ROUNDS, sums.get(thread).get());
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private static int sumOfEchoes(HikariDataSource pool, int number) throws Exception {
        int sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select ?")) {
                statement.setInt(1, number);
                try (ResultSet rows = statement.executeQuery()) {
                    assertTrue(rows.next());
                    sum += rows.getInt(1);
                }
            }
        }
        return sum;
    }

    @Test
    void jooqReadsThroughTheDriver() throws Exception {
        try (SocketServer server = SocketServer.start(ECHO);
                Connection connection = DriverManager.getConnection(server.url())) {
            assertEquals(
                    5,
                    DSL.using(connection, SQLDialect.POSTGRES)
                            .select(DSL.val(5))
                            .fetchSingle()
                            .value1());
        }
    }
}
