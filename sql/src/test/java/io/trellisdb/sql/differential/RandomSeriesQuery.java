package io.trellisdb.sql.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes queries over {@link SeriesTables} whose answers have one order; the table is written as {@code $}. */
final class RandomSeriesQuery {
    private final Random random;
    private final SeriesTables tables;
    private final List<String> seriesKey;
    private final List<Object> parameters = new ArrayList<>();

    RandomSeriesQuery(Random random, SeriesTables tables) {
        this.random = random;
        this.tables = tables;
        List<String> key = tables.shape().keyColumns();
        this.seriesKey = key.subList(0, key.size() - 1);
    }

    List<Object> parameters() {
        return parameters;
    }

    String next() {
        parameters.clear();
        return switch (random.nextInt(10)) {
            case 0, 1 -> rows();
            case 2, 3 -> latest();
            case 4 -> distinct();
            default -> aggregate();
        };
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String rows() {
        String order = String.join(", ", tables.shape().keyColumns());
        if (random.nextBoolean()) {
            order = order.replace(",", " desc,") + " desc";
        }
        return "select " + pick("*", "ts, d, s", "i, " + order.replace(" desc", "")) + " from $" + where(3)
                + " order by " + order + pick("", " limit 3", " limit 7 offset 2");
    }

    private String distinct() {
        if (seriesKey.isEmpty()) {
            return "select max(ts) from $" + where(1);
        }
        String where = where(2);
        String column = seriesKey.get(random.nextInt(seriesKey.size()));
        return pick(
                "select distinct " + column + " from $" + where + " order by 1",
                "select count(distinct " + column + ") from $" + where,
                "select " + column + ", max(ts), last(s, ts) from $" + where + " group by " + column
                        + " order by 1, 2, 3");
    }

    private String latest() {
        if (seriesKey.isEmpty()) {
            return "select max(ts), last(i, ts) from $" + where(1);
        }
        String key = String.join(", ", seriesKey);
        int shape = random.nextInt(4);
        String where = shape == 1 ? "" : where(1);
        String outer = pick("", " and d > 0", " and " + seriesKey.get(0) + " like '%1'");
        List<String> shapes = List.of(
                "select " + key + ", ts, i, s from (select *, row_number() over (partition by " + key
                        + " order by ts desc) as n from $" + where + ") as x where n " + pick("= 1", "<= 1", "< 2")
                        + outer + " order by " + key,
                "select * from $ latest on ts partition by " + key + lateWhere() + " order by " + key,
                "select " + key + ", max(ts), last(d, ts), max_by(s, ts) from $" + where + " group by " + key
                        + " order by " + key,
                "select " + key + ", max(ts) from $" + where + " group by " + key + " having max(ts) > "
                        + tables.moment() + " order by " + key);
        return shapes.get(shape);
    }

    private String lateWhere() {
        String column = seriesKey.get(random.nextInt(seriesKey.size()));
        return switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> " where " + (column.equals("rack") ? "rack in (1, 3)" : column + " like '%1' and i > 0");
            default -> " where " + (column.equals("rack") ? "rack < 3" : column + " = 'h1'");
        };
    }

    private String aggregate() {
        List<String> groups = new ArrayList<>();
        for (String column : seriesKey) {
            if (random.nextBoolean()) {
                groups.add(column);
            }
        }
        String bucket = random.nextInt(3) > 0 ? bucket() : "";
        String filter = where(random.nextInt(4) == 0 ? 3 : 2);
        StringBuilder calls = new StringBuilder();
        int count = 1 + random.nextInt(4);
        boolean holdsSeries = groups.size() == seriesKey.size();
        for (int i = 0; i < count; i++) {
            calls.append(", ").append(call(holdsSeries));
        }
        String order = String.join(", ", groups);
        if (!bucket.isEmpty()) {
            order = random.nextBoolean()
                    ? "k desc" + (order.isEmpty() ? "" : ", " + order)
                    : (order.isEmpty() ? "" : order + ", ") + "k";
            groups.add("k");
        }
        String selected = (bucket.isEmpty() ? "" : bucket + " as k, ")
                + String.join(
                        "",
                        groups.stream()
                                .filter(g -> !g.equals("k"))
                                .map(g -> g + ", ")
                                .toList());
        return "select " + selected + calls.substring(2) + " from $" + filter
                + (groups.isEmpty() ? "" : " group by " + String.join(", ", groups))
                + (groups.isEmpty() ? "" : pick("", "", " having count(*) > 2"))
                + (groups.isEmpty() ? "" : " order by " + order + pick("", " limit 4", " limit 2 offset 1"));
    }

    private String bucket() {
        return pick(
                "floor(ts to minute)",
                "floor(ts to hour)",
                "date_trunc('hour', ts)",
                "date_trunc('day', ts)",
                "date_trunc('week', ts)",
                "date_trunc('month', ts)",
                "cast(ts as date)",
                "time_bucket(interval '15' minute, ts)",
                "time_bucket(interval '7' minute, ts, timestamp '2025-03-04 05:06:07')",
                "time_bucket(interval '1' month, ts)",
                "date_bin(interval '90' second, ts, timestamp '2001-01-01 00:00:00')");
    }

    private String call(boolean holdsSeries) {
        String number = pick("i", "b", "d", "r", "m", "w");
        String any = pick("i", "b", "d", "r", "m", "w", "s", "dt", "f");
        return switch (random.nextInt(holdsSeries ? 9 : 7)) {
            case 0 -> "count(*)";
            case 1 -> "count(" + any + ")";
            case 2 -> "sum(" + number + ")";
            case 3 -> "avg(" + number + ")";
            case 4 -> "min(" + any + ")";
            case 5 -> "max(" + any + ")";
            case 6 -> pick("count(distinct i)", "sum(i + 1)", "max(ts)", "min(ts)", "count(ts)");
            case 7 -> "first(" + any + ", ts)";
            default -> "last(" + any + ", ts)";
        };
    }

    private String where(int most) {
        List<String> parts = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            parts.add(most == 3 && random.nextInt(3) == 0 ? valueCondition() : keyCondition());
        }
        return parts.isEmpty() ? "" : " where " + String.join(" and ", parts);
    }

    private String valueCondition() {
        return pick(
                "i > " + (random.nextInt(20) - 10),
                "d <= " + random.nextInt(8),
                "s = 'xyz1'",
                "i in (1, 2, 5, -3)",
                "b is null",
                "m between 100 and 500.5",
                "dt >= date '2025-05-01'");
    }

    private String keyCondition() {
        if (!seriesKey.isEmpty() && random.nextInt(2) == 0) {
            return seriesCondition(seriesKey.get(random.nextInt(seriesKey.size())));
        }
        return switch (random.nextInt(7)) {
            case 0 -> "ts between " + moment() + " and " + moment();
            case 1 -> "ts = " + moment();
            case 2 -> "ts in (" + tables.moment() + ", " + tables.moment() + ")";
            case 3 -> "ts < timestamp '2026-01-01 00:30:00.1234567'";
            case 4 -> "ts > current_timestamp - interval '1' day";
            default -> "ts " + pick("<", "<=", ">", ">=") + " " + moment();
        };
    }

    private String moment() {
        if (random.nextInt(3) > 0) {
            return tables.moment();
        }
        parameters.add(tables.time());
        return "?";
    }

    private String seriesCondition(String column) {
        if (column.equals("rack")) {
            return pick("rack = 2", "rack in (1, 4, 9)", "rack > 2", "rack <> 3", "rack between 1 and 3");
        }
        String value = column.equals("host") ? "host" : "site";
        return switch (random.nextInt(7)) {
            case 0, 1 -> column + " = " + text(value);
            case 2 -> column + " in (" + text(value) + ", " + text(value) + ")";
            case 3 -> column + " in (" + text(value) + ", " + text(value) + ", 'nowhere')";
            case 4 -> column + " >= " + text(value);
            case 5 -> column + " like '%" + random.nextInt(3) + "'";
            default -> column + " <> " + text(value);
        };
    }

    private String text(String column) {
        String literal = column.equals("host") ? tables.host() : tables.site();
        if (random.nextInt(3) > 0) {
            return literal;
        }
        parameters.add(
                random.nextInt(12) == 0
                        ? null
                        : literal.substring(1, literal.length() - 1).replace("''", "'"));
        return "?";
    }
}
