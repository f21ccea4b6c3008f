package io.trellisdb.bench.side;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A statement with values for its parameters: texts and {@link Instant}s in milliseconds.
 *
 * @param sql with a question mark for each value
 */
record Question(String sql, List<Object> values) {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    /** The statement with its values written into the text. */
    String literal(Dialect dialect) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int mark = sql.indexOf('?', from);
            text.append(sql, from, mark).append(literal(dialect, value));
            from = mark + 1;
        }
        return text.append(sql, from, sql.length()).toString();
    }

    private static String literal(Dialect dialect, Object value) {
        return value instanceof Instant moment
                ? dialect.timestampLiteral(TIMESTAMP.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC)))
                : "'" + value + "'";
    }

    /** Sets the values; the program's time zone is UTC. */
    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Instant moment) {
                statement.setTimestamp(i + 1, Timestamp.from(moment));
            } else {
                statement.setString(i + 1, values.get(i).toString());
            }
        }
    }
}
