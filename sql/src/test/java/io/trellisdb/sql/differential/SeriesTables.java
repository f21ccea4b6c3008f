package io.trellisdb.sql.differential;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.ExecutionResult;
import io.trellisdb.sql.PreparedQuery;
import io.trellisdb.sql.harness.SqlHarness;
import io.trellisdb.storage.BatchCursor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * The same rows in a time series {@code t} and in a collection {@code c}: what the store of the time series is asked for must
 * not change answers. Rows arrive late, are changed and deleted.
 */
final class SeriesTables implements AutoCloseable {
    static final LocalDateTime START = LocalDateTime.of(2025, 12, 31, 22, 30);

    private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final MathContext DIGITS = new MathContext(11);
    private static final String VALUES =
            "i integer, b bigint, d double, r real, m decimal(12, 2), w decimal(30, 3), s varchar, dt date, f boolean";

    private final SqlHarness harness = new SqlHarness();
    private final Random random;
    private final Shape shape;

    /** Which columns the key has. */
    enum Shape {
        HOST("host varchar, ts timestamp(3), ", "host, ts", "partition by hash (host)"),
        SITE("site varchar, rack integer, ts timestamp(9), ", "site, rack, ts", "partition by hash (rack)"),
        LONE("ts timestamp(6), ", "ts", ""),
        WHOLE("host varchar, ts timestamp(6), ", "host, ts", "");

        private final String columns;
        private final String key;
        private final String partitioning;

        Shape(String columns, String key, String partitioning) {
            this.columns = columns;
            this.key = key;
            this.partitioning = partitioning;
        }

        List<String> keyColumns() {
            return List.of(key.split(", "));
        }

        int precision() {
            return this == HOST ? 3 : this == SITE ? 9 : 6;
        }
    }

    SeriesTables(Shape shape, Random random) {
        this.shape = shape;
        this.random = random;
        create("t", " using timeseries ");
        create("c", " ");
        int rows = random.nextInt(4) == 0 ? random.nextInt(5) : 40 + random.nextInt(160);
        StringJoiner tuples = new StringJoiner(", ", "insert into $ values ", " on conflict do nothing");
        for (int i = 0; i < rows; i++) {
            tuples.add("(" + key() + ", " + values() + ")");
        }
        if (rows > 0) {
            both(tuples.toString());
        }
        for (int i = 0; i < rows / 8; i++) {
            both("update $ set i = " + integer(50) + ", s = " + text() + " where " + condition());
            both("delete from $ where " + condition() + " and i = " + random.nextInt(20));
        }
    }

    private void create(String name, String kind) {
        harness.run("create table " + name + " (" + shape.columns + VALUES + ", primary key (" + shape.key + "))" + kind
                + shape.partitioning);
    }

    private void both(String sql) {
        harness.run(sql.replace("$", "t"));
        harness.run(sql.replace("$", "c"));
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        for (String column : shape.keyColumns()) {
            key.append(key.length() == 0 ? "" : ", ");
            switch (column) {
                case "host" -> key.append(host());
                case "site" -> key.append(site());
                case "rack" -> key.append(random.nextInt(5));
                default -> key.append(moment());
            }
        }
        return key.toString();
    }

    String host() {
        return "'h" + random.nextInt(6) + "'";
    }

    String site() {
        return random.nextBoolean() ? "'north'" : "'so''uth'";
    }

    LocalDateTime time() {
        LocalDateTime time = START.plusSeconds(random.nextInt(4 * 3600));
        return switch (random.nextInt(3)) {
            case 0 -> time;
            case 1 -> time.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
            default -> time.plusNanos(random.nextInt(1000) * 1_000_000L);
        };
    }

    String moment() {
        return "timestamp '" + LITERAL.format(time()) + "'";
    }

    private String condition() {
        String column = shape.keyColumns().get(0);
        String first =
                switch (column) {
                    case "host" -> "host = " + host();
                    case "site" -> "site = " + site();
                    default -> "ts > " + moment();
                };
        return first + " and ts " + (random.nextBoolean() ? "<" : ">=") + " " + moment();
    }

    private String integer(int bound) {
        return random.nextInt(6) == 0 ? "null" : Integer.toString(random.nextInt(2 * bound) - bound);
    }

    private String text() {
        return random.nextInt(6) == 0 ? "null" : "'" + "xyz".repeat(random.nextInt(3)) + random.nextInt(4) + "'";
    }

    private String values() {
        List<String> values = new ArrayList<>();
        values.add(integer(20));
        values.add(random.nextInt(80) == 0 ? "9223372036854775807" : integer(1000));
        values.add(
                random.nextInt(60) == 0
                        ? "cast('" + (random.nextBoolean() ? "NaN" : "-Infinity") + "' as double)"
                        : random.nextInt(6) == 0 ? "null" : Double.toString(random.nextInt(2000) / 100.0 - 10));
        values.add(random.nextInt(6) == 0 ? "null" : Double.toString(random.nextInt(64) / 8.0));
        values.add(
                random.nextInt(6) == 0
                        ? "null"
                        : new BigDecimal(random.nextInt(100_000))
                                .movePointLeft(2)
                                .toString());
        values.add(random.nextInt(6) == 0 ? "null" : random.nextLong() + "12345." + random.nextInt(10));
        values.add(text());
        values.add(random.nextInt(6) == 0 ? "null" : "date '2025-0" + (1 + random.nextInt(9)) + "-11'");
        values.add(random.nextInt(6) == 0 ? "null" : Boolean.toString(random.nextBoolean()));
        return String.join(", ", values);
    }

    Shape shape() {
        return shape;
    }

    /** The rows as text, or the error's code. Doubles lose their last digits, since sums differ there. */
    List<String> run(String sql, List<Object> parameters) {
        List<String> lines = new ArrayList<>();
        try {
            PreparedQuery query = harness.prepare(sql);
            List<Batch> batches = parameters.isEmpty()
                    ? List.of()
                    : List.of(SqlHarness.row(query.parameterTypes(), parameters.toArray()));
            ExecutionResult.Rows rows = (ExecutionResult.Rows) harness.execute(query, batches, null, List.of());
            try (BatchCursor cursor = rows.cursor()) {
                for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        List<String> values = new ArrayList<>();
                        batch.row(row).forEach(value -> values.add(text(value)));
                        lines.add(String.join(" | ", values));
                    }
                }
            }
        } catch (TrellisException e) {
            return List.of("error " + e.code());
        }
        return lines;
    }

    String explain(String sql) {
        return harness.run("explain " + sql);
    }

    private static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number)
                    ? Double.toString(number)
                    : new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }

    @Override
    public void close() {
        harness.close();
    }
}
