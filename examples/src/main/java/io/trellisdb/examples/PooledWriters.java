package io.trellisdb.examples;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Eight threads that share a HikariCP pool: each writes orders of its own and reads them back. */
public final class PooledWriters {
    static final int THREADS = 8;
    static final int ORDERS = 250;

    private PooledWriters() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException, ExecutionException {
        String url = arguments.length > 0 ? arguments[0] : "jdbc:trellis://127.0.0.1:20001/";
        try (HikariDataSource pool = pool(url)) {
            System.out.println(writeAndCount(pool) + " orders");
        }
    }

    /** A pool with a connection for each thread. */
    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(THREADS);
        config.setPoolName("orders");
        return new HikariDataSource(config);
    }

    /** Lets all threads write, and returns how many orders there are in the end. */
    static long writeAndCount(DataSource pool) throws SQLException, InterruptedException, ExecutionException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS orders");
            statement.execute("""
                    CREATE TABLE orders (writer INTEGER, number INTEGER, amount DECIMAL(9, 2),
                        PRIMARY KEY (writer, number)) PARTITION BY HASH (writer)""");
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> written = new ArrayList<>();
            for (int writer = 0; writer < THREADS; writer++) {
                int number = writer;
                written.add(threads.submit(() -> writeOrders(pool, number)));
            }
            long count = 0;
            for (Future<Long> one : written) {
                count += one.get();
            }
            return count;
        } finally {
            threads.shutdown();
        }
    }

    private static long writeOrders(DataSource pool, int writer) throws SQLException {
        for (int number = 0; number < ORDERS; number++) {
            // A connection for each order: what an application server does, and what a pool is for.
            try (Connection connection = pool.getConnection();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?, ?)")) {
                insert.setInt(1, writer);
                insert.setInt(2, number);
                insert.setBigDecimal(3, java.math.BigDecimal.valueOf(number, 2));
                insert.executeUpdate();
            }
        }
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM orders WHERE writer = ?")) {
            query.setInt(1, writer);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
