package io.trellisdb.cli.output;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: names, a rule, rows; numbers to the right. The widths are those of the first
 * {@value #ROWS_AHEAD} rows; a wider value further down pushes its line out rather than being cut.
 */
public final class TableFormat implements ResultFormat {
    static final int ROWS_AHEAD = 1_000;

    private static final String NULL = "NULL";

    @Override
    public boolean isForPeople() {
        return true;
    }

    @Override
    public long print(ResultSet rows, PrintStream out) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        int columns = metaData.getColumnCount();
        boolean[] isNumber = new boolean[columns];
        String[] names = new String[columns];
        int[] widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            isNumber[i] = isNumber(metaData.getColumnType(i + 1));
            names[i] = printable(metaData.getColumnLabel(i + 1));
            widths[i] = width(names[i]);
        }
        List<String[]> ahead = new ArrayList<>();
        while (ahead.size() < ROWS_AHEAD && rows.next()) {
            ahead.add(read(rows, columns));
        }
        for (String[] row : ahead) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        line(out, names, widths, isNumber);
        rule(out, widths);
        for (String[] row : ahead) {
            line(out, row, widths, isNumber);
        }
        long count = ahead.size();
        ahead.clear();
        if (count == ROWS_AHEAD) {
            for (; rows.next(); count++) {
                line(out, read(rows, columns), widths, isNumber);
            }
        }
        return count;
    }

    private static String[] read(ResultSet rows, int columns) throws SQLException {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
            String value = rows.getString(i + 1);
            row[i] = value == null ? NULL : printable(value);
        }
        return row;
    }

    /** One row; a value with line breaks takes several lines, in its column. */
    private static void line(PrintStream out, String[] cells, int[] widths, boolean[] isNumber) {
        int height = 1;
        for (String cell : cells) {
            height = Math.max(height, cell.split("\n", -1).length);
        }
        for (int part = 0; part < height; part++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                String text = height == 1 ? cells[i] : part(cells[i], part);
                String padding = " ".repeat(Math.max(0, widths[i] - width(text)));
                line.append(i == 0 ? " " : " | ");
                line.append(isNumber[i] ? padding + text : text + padding);
            }
            out.print(line.toString().stripTrailing() + "\n");
        }
    }

    private static String part(String cell, int part) {
        String[] parts = cell.split("\n", -1);
        return part < parts.length ? parts[part] : "";
    }

    private static void rule(PrintStream out, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
        }
        out.print(line.append('\n'));
    }

    /** Control characters other than line breaks would tear the table, or steer the terminal. */
    private static String printable(String value) {
        boolean isClean = value.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n');
        return isClean ? value : value.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }

    private static int width(String cell) {
        return cell.lines()
                .mapToInt(line -> line.codePointCount(0, line.length()))
                .max()
                .orElse(0);
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }
}
