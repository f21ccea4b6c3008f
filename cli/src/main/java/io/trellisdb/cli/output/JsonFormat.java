package io.trellisdb.cli.output;

import java.io.PrintStream;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines: one object for each row, with the columns in order. Numbers and booleans are JSON's own, arrays are arrays, NULL
 * is null, everything else is a string; so are NaN and the infinities, which JSON does not have.
 */
public final class JsonFormat implements ResultFormat {
    @Override
    public long print(ResultSet rows, PrintStream out) throws SQLException {
        String[] names = names(rows.getMetaData());
        int[] types = types(rows.getMetaData());
        StringBuilder line = new StringBuilder();
        long count = 0;
        for (; rows.next(); count++) {
            line.setLength(0);
            line.append('{');
            for (int i = 0; i < names.length; i++) {
                text(i == 0 ? line : line.append(','), names[i]);
                line.append(':');
                value(line, rows, i + 1, types[i]);
            }
            out.print(line.append("}\n"));
        }
        return count;
    }

    /** Column labels, the later of two equal ones with a number behind it, since JSON readers keep only one. */
    private static String[] names(ResultSetMetaData metaData) throws SQLException {
        Set<String> names = new LinkedHashSet<>();
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            String label = metaData.getColumnLabel(column);
            String name = label;
            for (int number = 2; !names.add(name); number++) {
                name = label + "_" + number;
            }
        }
        return names.toArray(new String[0]);
    }

    private static int[] types(ResultSetMetaData metaData) throws SQLException {
        int[] types = new int[metaData.getColumnCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = metaData.getColumnType(i + 1);
        }
        return types;
    }

    private static void value(StringBuilder line, ResultSet rows, int column, int type) throws SQLException {
        switch (type) {
            case Types.BOOLEAN,
                    Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> plain(line, rows.getString(column));
            case Types.ARRAY -> array(line, rows.getArray(column));
            default -> text(line, rows.getString(column));
        }
    }

    private static void array(StringBuilder line, @Nullable Array array) throws SQLException {
        if (array == null) {
            line.append("null");
            return;
        }
        Object elements = array.getArray();
        line.append('[');
        for (int i = 0; i < java.lang.reflect.Array.getLength(elements); i++) {
            Object element = java.lang.reflect.Array.get(elements, i);
            if (i > 0) {
                line.append(',');
            }
            if (element instanceof Number || element instanceof Boolean) {
                plain(line, element.toString());
            } else {
                text(line, element == null ? null : element.toString());
            }
        }
        line.append(']');
    }

    private static void plain(StringBuilder line, @Nullable String value) {
        if (value != null && (value.equals("NaN") || value.endsWith("Infinity"))) {
            text(line, value);
        } else {
            line.append(value);
        }
    }

    private static void text(StringBuilder line, @Nullable String value) {
        if (value == null) {
            line.append("null");
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ') {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
