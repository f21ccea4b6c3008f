package io.trellisdb.bench.side;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rows of a result in an order of their own: moments in milliseconds, texts, and all numbers as doubles. */
final class Answer {
    private static final double TOLERANCE = 1e-9;

    private final List<List<Object>> rows;

    private Answer(List<List<Object>> rows) {
        this.rows = rows;
    }

    private enum Kind {
        MOMENT,
        TEXT,
        NUMBER
    }

    /** Reads all rows and keeps them. */
    static Answer read(ResultSet result) throws SQLException {
        Kind[] kinds = kinds(result.getMetaData());
        List<List<Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<Object> row = new ArrayList<>(kinds.length);
            for (int i = 0; i < kinds.length; i++) {
                row.add(
                        switch (kinds[i]) {
                            case MOMENT -> result.getTimestamp(i + 1).getTime();
                            case TEXT -> result.getString(i + 1);
                            case NUMBER -> result.getDouble(i + 1);
                        });
            }
            rows.add(row);
        }
        rows.sort(Comparator.comparing(Answer::key));
        return new Answer(rows);
    }

    /** Reads every value of all rows and keeps none; returns a sum of them, so that no reading can be left out. */
    static double drain(ResultSet result) throws SQLException {
        Kind[] kinds = kinds(result.getMetaData());
        double sum = 0;
        while (result.next()) {
            for (int i = 0; i < kinds.length; i++) {
                sum += switch (kinds[i]) {
                    case MOMENT -> result.getTimestamp(i + 1).getTime();
                    case TEXT -> result.getString(i + 1).length();
                    case NUMBER -> result.getDouble(i + 1);
                };
            }
        }
        return sum;
    }

    private static Kind[] kinds(ResultSetMetaData columns) throws SQLException {
        Kind[] kinds = new Kind[columns.getColumnCount()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = switch (columns.getColumnType(i + 1)) {
                case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Kind.MOMENT;
                case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR -> Kind.TEXT;
                default -> Kind.NUMBER;
            };
        }
        return kinds;
    }

    private static String key(List<Object> row) {
        StringBuilder key = new StringBuilder();
        for (Object value : row) {
            if (!(value instanceof Double)) {
                key.append(value).append('\n');
            }
        }
        return key.toString();
    }

    int rowCount() {
        return rows.size();
    }

    /** The first difference to another answer beyond rounding, or nothing. */
    Optional<String> differenceTo(Answer other) {
        if (rows.size() != other.rows.size()) {
            return Optional.of(rows.size() + " rows, not " + other.rows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!equal(rows.get(i), other.rows.get(i))) {
                return Optional.of("row " + rows.get(i) + ", not " + other.rows.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean equal(List<Object> left, List<Object> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            boolean same = left.get(i) instanceof Double a && right.get(i) instanceof Double b
                    ? Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
                    : left.get(i).equals(right.get(i));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
