package io.trellisdb.cli.load;

import io.trellisdb.cli.output.ProgressBar;
import io.trellisdb.jdbc.error.FailureDetail;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One file on its way into one table.
 *
 * @param isUpsert whether a row with an existing key replaces that row instead of being an error
 * @param batchRows rows in one JDBC batch, which is one statement: all of them or none
 * @param renamed columns of the file that have another name in the table
 */
public record CsvLoad(TableName table, boolean isUpsert, int batchRows, Map<String, String> renamed) {
    public static final int BATCH_ROWS_DEFAULT = 4_096;
    public static final int BATCH_ROWS_MAX = 100_000;

    public CsvLoad {
        if (batchRows < 1 || batchRows > BATCH_ROWS_MAX) {
            throw new LoadException("batch must have 1 to " + BATCH_ROWS_MAX + " rows: " + batchRows);
        }
        renamed = Map.copyOf(renamed);
    }

    /**
     * Loads what the source still holds and returns the number of rows.
     *
     * @throws LoadException naming line and column of a bad value, or the batch that the database refused
     * @throws SQLException if the table cannot be read or the connection is lost
     */
    public long run(Connection connection, CsvSource source, ProgressBar progress) throws SQLException {
        List<TableColumn> columns = columns(connection, source);
        long rows = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql(columns))) {
            long[] lines = new long[batchRows];
            int filled = 0;
            for (Optional<CsvRecord> next = source.next(); next.isPresent(); next = source.next()) {
                bind(statement, columns, next.get(), source);
                lines[filled++] = next.get().line();
                if (filled == batchRows) {
                    send(statement, lines, filled, rows, source);
                    rows += filled;
                    filled = 0;
                    progress.show(source.fraction(), rows);
                }
            }
            if (filled > 0) {
                send(statement, lines, filled, rows, source);
                rows += filled;
            }
        }
        return rows;
    }

    /** The table's columns in the file's order. */
    private List<TableColumn> columns(Connection connection, CsvSource source) throws SQLException {
        Map<String, TableColumn> byName = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table.sql() + " LIMIT 0")) {
            ResultSetMetaData metaData = none.getMetaData();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                TableColumn column = new TableColumn(
                        metaData.getColumnName(i), metaData.getColumnType(i), metaData.getColumnTypeName(i));
                byName.put(column.name(), column);
            }
        }
        List<TableColumn> columns = new ArrayList<>();
        for (String name : source.header()) {
            String wanted = renamed.getOrDefault(name, name);
            TableColumn column = byName.getOrDefault(wanted, byName.get(wanted.toLowerCase(Locale.ROOT)));
            if (column == null) {
                throw new LoadException("table " + table.sql() + " has no column for the file's column: " + name
                        + ", it has " + String.join(", ", byName.keySet()));
            } else if (columns.contains(column)) {
                throw new LoadException("header line names a column twice: " + name);
            }
            columns.add(column);
        }
        return columns;
    }

    private String sql(List<TableColumn> columns) {
        String names = columns.stream().map(c -> TableName.quote(c.name())).collect(Collectors.joining(", "));
        String marks = columns.stream().map(c -> "?").collect(Collectors.joining(", "));
        return (isUpsert ? "UPSERT INTO " : "INSERT INTO ") + table.sql() + " (" + names + ") VALUES (" + marks + ")";
    }

    private static void bind(
            PreparedStatement statement, List<TableColumn> columns, CsvRecord csvRecord, CsvSource source)
            throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            TableColumn column = columns.get(i);
            String text = csvRecord.fields().get(i);
            try {
                if (text == null) {
                    statement.setNull(i + 1, column.jdbcType());
                } else {
                    statement.setObject(i + 1, ValueText.parse(text, column));
                }
            } catch (IllegalArgumentException | DateTimeException | SQLException e) {
                throw new LoadException(
                        "not a value of type " + column.typeName() + ": '" + text + "' in " + source.file() + " line "
                                + csvRecord.line() + " column "
                                + source.header().get(i),
                        e);
            }
        }
        try {
            statement.addBatch();
        } catch (SQLException e) {
            throw new LoadException(
                    e.getSQLState() + ": " + e.getMessage() + ", in " + source.file() + " line " + csvRecord.line(), e);
        }
    }

    private static void send(PreparedStatement statement, long[] lines, int filled, long loaded, CsvSource source)
            throws SQLException {
        try {
            statement.executeBatch();
        } catch (BatchUpdateException e) {
            int before = rowsBeforeFailure(e);
            int row = before + rowWithinFailure(e);
            String place = row >= before && row < filled
                    ? "line " + lines[row]
                    : "lines " + lines[before] + " to " + lines[filled - 1];
            long kept = loaded + before;
            throw new LoadException(
                    e.getSQLState() + ": " + e.getMessage() + ", in " + source.file() + " " + place + "; "
                            + (kept == 0 ? "nothing was loaded" : "the " + kept + " rows before were loaded"),
                    e);
        }
    }

    /** Rows of the batch that were loaded: a very large one travels in several requests. */
    private static int rowsBeforeFailure(BatchUpdateException failure) {
        int[] counts = failure.getUpdateCounts();
        int row = 0;
        while (row < counts.length && counts[row] != Statement.EXECUTE_FAILED) {
            row++;
        }
        return row;
    }

    /** The row of the failed request that the server names as the cause, or a number below 0. */
    private static int rowWithinFailure(BatchUpdateException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof FailureDetail detail) {
                return detail.row();
            }
        }
        return -1;
    }
}
