package io.trellisdb.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;

/** A time series from its table to an answer. With {@code jdbc:trellis:mem:demo} and the server's jar it needs no server. */
public final class FirstSteps {
    private static final int MINUTES = 180;

    private FirstSteps() {}

    public static void main(String[] arguments) throws SQLException {
        String url = arguments.length > 0 ? arguments[0] : "jdbc:trellis://127.0.0.1:20001/";
        try (Connection connection = DriverManager.getConnection(url)) {
            hourlyMeans(connection).forEach((hour, mean) -> System.out.println(hour + "  " + mean));
        }
    }

    /** Stores three hours of readings in one batch and returns their mean by the hour. */
    static Map<LocalDateTime, Double> hourlyMeans(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS temperatures (device VARCHAR, ts TIMESTAMP(3), celsius DOUBLE,
                        PRIMARY KEY (device, ts)) USING TIMESERIES""");
        }
        LocalDateTime begin = LocalDateTime.of(2026, 1, 1, 0, 0);
        try (PreparedStatement upsert = connection.prepareStatement("UPSERT INTO temperatures VALUES (?, ?, ?)")) {
            for (int minute = 0; minute < MINUTES; minute++) {
                upsert.setString(1, "kitchen");
                upsert.setObject(2, begin.plusMinutes(minute));
                upsert.setDouble(3, 20 + minute / 60);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        Map<LocalDateTime, Double> means = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT TIME_BUCKET(INTERVAL '1' HOUR, ts) AS hour, AVG(celsius) AS mean
                FROM temperatures WHERE device = ? GROUP BY TIME_BUCKET(INTERVAL '1' HOUR, ts)""")) {
            query.setString(1, "kitchen");
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    means.put(rows.getObject("hour", LocalDateTime.class), rows.getDouble("mean"));
                }
            }
        }
        return means;
    }
}
