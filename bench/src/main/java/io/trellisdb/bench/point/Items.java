package io.trellisdb.bench.point;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;

/** The table that the statements use: {@code items (id, name, price, quantity)}, its rows functions of the id. */
final class Items {
    static final int ROWS = 100_000;
    private static final int BATCH = 1000;
    private static final String INSERT = "insert into items (id, name, price, quantity) values (?, ?, ?, ?)";

    private final Connection connection;
    private final SplittableRandom random = new SplittableRandom(123);

    Items(Connection connection) {
        this.connection = connection;
    }

    private static String name(long id) {
        return "item number " + id;
    }

    private static double price(long id) {
        return id * 0.25;
    }

    private static int quantity(long id) {
        return (int) (id % 1000);
    }

    void create() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table items (id bigint primary key, name varchar(64), price double precision,"
                    + " quantity integer)");
        }
    }

    /** Inserts rows {@code from..to-1} in batches of 1,000, each committed by itself. */
    void insertBatches(int from, int to) throws SQLException {
        connection.setAutoCommit(true);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int id = from; id < to; id++) {
                set(insert, id);
                insert.addBatch();
                if ((id - from) % BATCH == BATCH - 1 || id == to - 1) {
                    insert.executeBatch();
                }
            }
        }
    }

    /** Inserts rows {@code from..to-1} one by one in autocommit. */
    void insertSingly(int from, int to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int id = from; id < to; id++) {
                set(insert, id);
                insert.executeUpdate();
            }
        }
    }

    private static void set(PreparedStatement insert, long id) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, name(id));
        insert.setDouble(3, price(id));
        insert.setInt(4, quantity(id));
    }

    void readPrepared(int count) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, name, price, quantity from items where id = ?")) {
            for (int i = 0; i < count; i++) {
                long id = random.nextInt(ROWS);
                select.setLong(1, id);
                try (ResultSet row = select.executeQuery()) {
                    check(row, id);
                }
            }
        }
    }

    void readLiteral(int count) throws SQLException {
        try (Statement select = connection.createStatement()) {
            for (int i = 0; i < count; i++) {
                long id = random.nextInt(ROWS);
                try (ResultSet row =
                        select.executeQuery("select id, name, price, quantity from items where id = " + id)) {
                    check(row, id);
                }
            }
        }
    }

    private static void check(ResultSet row, long id) throws SQLException {
        boolean right = row.next()
                && row.getLong(1) == id
                && row.getString(2).equals(name(id))
                && row.getDouble(3) == price(id)
                && row.getInt(4) == quantity(id)
                && !row.next();
        if (!right) {
            throw new IllegalStateException("wrong answer for id " + id);
        }
    }
}
