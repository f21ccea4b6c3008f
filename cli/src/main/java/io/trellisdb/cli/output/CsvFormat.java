package io.trellisdb.cli.output;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, except that lines end with a line feed alone. NULL is an empty field and an empty text is {@code ""}, so that
 * reading it back gives the same values.
 */
public final class CsvFormat implements ResultFormat {
    private final boolean hasHeader;

    public CsvFormat(boolean hasHeader) {
        this.hasHeader = hasHeader;
    }

    @Override
    public long print(ResultSet rows, PrintStream out) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        int columns = metaData.getColumnCount();
        StringBuilder line = new StringBuilder();
        if (hasHeader) {
            for (int column = 1; column <= columns; column++) {
                field(line, column, metaData.getColumnLabel(column));
            }
            out.print(line.append('\n'));
        }
        long count = 0;
        for (; rows.next(); count++) {
            line.setLength(0);
            for (int column = 1; column <= columns; column++) {
                field(line, column, rows.getString(column));
            }
            out.print(line.append('\n'));
        }
        return count;
    }

    private static void field(StringBuilder line, int column, @Nullable String value) {
        if (column > 1) {
            line.append(',');
        }
        if (value == null) {
            return;
        }
        if (needsQuotes(value)) {
            line.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            line.append(value);
        }
    }

    private static boolean needsQuotes(String value) {
        return value.isEmpty() || value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    }
}
