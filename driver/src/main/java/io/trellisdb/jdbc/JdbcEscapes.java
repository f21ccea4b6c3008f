package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * Translates JDBC's escapes in braces: {@code d}, {@code t}, {@code ts}, {@code fn}, {@code oj}, {@code escape}, {@code limit}.
 * Calls are refused. Text in quotes and comments stays as it is. Confined to one thread.
 */
final class JdbcEscapes {
    private static final int MAX_DEPTH = 64;
    /** Names of JDBC's functions where SQL has another. */
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("ucase", "UPPER"),
            Map.entry("lcase", "LOWER"),
            Map.entry("length", "CHAR_LENGTH"),
            Map.entry("ifnull", "COALESCE"),
            Map.entry("log", "LN"),
            Map.entry("truncate", "TRUNC"));
    /** JDBC's functions that SQL writes without parentheses. */
    private static final Map<String, String> CONSTANTS = Map.of(
            "now", "CURRENT_TIMESTAMP",
            "curdate", "CURRENT_DATE",
            "curtime", "CURRENT_TIME",
            "current_date", "CURRENT_DATE",
            "current_time", "CURRENT_TIME",
            "current_timestamp", "CURRENT_TIMESTAMP",
            "user", "CURRENT_USER");

    private final String sql;
    private final StringBuilder out;
    private int position;

    private JdbcEscapes(String sql) {
        this.sql = sql;
        this.out = new StringBuilder(sql.length());
    }

    /** The statement without escapes; the same object if it has none. */
    static String translate(String sql) throws SQLException {
        if (sql.indexOf('{') < 0) {
            return sql;
        }
        JdbcEscapes escapes = new JdbcEscapes(sql);
        escapes.copy(0);
        return escapes.out.toString();
    }

    /** Copies up to the end, or up to the brace that closes the escape at this depth. */
    private void copy(int depth) throws SQLException {
        if (depth > MAX_DEPTH) {
            throw SqlErrors.of(ErrorCode.STATEMENT_TOO_COMPLEX, "escapes nest too deeply: more than " + MAX_DEPTH);
        }
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\'' || c == '"') {
                copyTo(endOfQuoted(c));
            } else if (sql.startsWith("--", position)) {
                copyTo(sql.indexOf('\n', position));
            } else if (sql.startsWith("/*", position)) {
                int end = sql.indexOf("*/", position + 2);
                copyTo(end < 0 ? end : end + 1);
            } else if (c == '{') {
                position++;
                translateOne(depth);
            } else if (c == '}' && depth > 0) {
                position++;
                return;
            } else {
                out.append(c);
                position++;
            }
        }
        if (depth > 0) {
            throw SqlErrors.of(ErrorCode.SYNTAX_ERROR, "escape is not closed by a brace: " + sql);
        }
    }

    /** Copies to an index, itself included; a negative one is the end. */
    private void copyTo(int index) {
        int end = index < 0 ? sql.length() : index + 1;
        out.append(sql, position, end);
        position = end;
    }

    private int endOfQuoted(char quote) {
        int i = position + 1;
        while (i < sql.length()) {
            if (sql.charAt(i) == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i;
                }
            }
            i++;
        }
        return -1;
    }

    private void translateOne(int depth) throws SQLException {
        String word = word();
        switch (word) {
            case "d" -> out.append("DATE ");
            case "t" -> out.append("TIME ");
            case "ts" -> out.append("TIMESTAMP ");
            case "oj" -> out.append(' ');
            case "escape" -> out.append("ESCAPE ");
            case "limit" -> out.append("LIMIT ");
            case "fn" -> translateFunction();
            default -> throw SqlErrors.unsupported("escape {" + word + " …}");
        }
        copy(depth + 1);
    }

    private void translateFunction() {
        String name = word();
        String constant = CONSTANTS.get(name);
        if (constant != null && sql.startsWith("()", position)) {
            position += 2;
            out.append(constant);
        } else {
            out.append(FUNCTIONS.getOrDefault(name, name));
        }
    }

    /** The next word in lower case, blanks before it skipped. */
    private String word() {
        while (position < sql.length() && Character.isWhitespace(sql.charAt(position))) {
            position++;
        }
        int start = position;
        while (position < sql.length()
                && (Character.isLetterOrDigit(sql.charAt(position)) || sql.charAt(position) == '_')) {
            position++;
        }
        return sql.substring(start, position).toLowerCase(Locale.ROOT);
    }
}
