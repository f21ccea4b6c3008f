package io.trellisdb.jdbc;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.value.ColumnReader;
import io.trellisdb.jdbc.wire.RowSource;
import io.trellisdb.protocol.message.ColumnMetadata;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows read forward from the batches of a {@link RowSource}; getters read the batch's arrays. One thread at a time. */
final class TrellisResultSet extends LabelledResultSet implements JdbcWrapper {
    private final RowSource rows;
    private final ColumnReader reader;
    private final @Nullable CommonStatement statement;
    private final List<ColumnMetadata> columns;
    private final String catalogName;
    private @Nullable Map<String, Integer> positions;
    private @Nullable Batch batch;
    private int row = -1;
    private int rowNumber;
    private boolean isAfterLast;
    private boolean wasNull;
    private boolean isClosed;
    private int fetchSize;

    /** {@code statement} is null for results that no statement made, such as an array's. */
    TrellisResultSet(
            RowSource rows,
            ColumnReader reader,
            @Nullable CommonStatement statement,
            String catalogName,
            int fetchSize) {
        this.rows = rows;
        this.reader = reader;
        this.statement = statement;
        this.columns = rows.columns();
        this.catalogName = catalogName;
        this.fetchSize = fetchSize;
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (isAfterLast) {
            return false;
        }
        if (batch == null || row + 1 >= batch.rowCount()) {
            batch = rows.nextBatch();
            row = -1;
            if (batch == null) {
                isAfterLast = true;
                if (statement != null) {
                    statement.onResultRead();
                }
                return false;
            }
        }
        row++;
        rowNumber++;
        return true;
    }

    private void checkOpen() throws SQLException {
        if (isClosed) {
            throw SqlErrors.of(ErrorCode.INVALID_CURSOR, "result is closed");
        }
    }

    /** The column of a position, or null if its value is NULL, which {@link #wasNull} then says. */
    private @Nullable ColumnVector column(int position) throws SQLException {
        checkOpen();
        Batch current = batch;
        if (current == null || row < 0) {
            throw SqlErrors.of(
                    ErrorCode.INVALID_CURSOR,
                    isAfterLast ? "result is past its last row" : "result is before its first row: call next");
        }
        if (position < 1 || position > current.columnCount()) {
            throw SqlErrors.of(
                    ErrorCode.UNKNOWN_COLUMN,
                    "column position is out of range: " + position + " of " + current.columnCount());
        }
        ColumnVector column = current.column(position - 1);
        wasNull = column.isNull(row);
        return wasNull ? null : column;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        checkOpen();
        if (positions == null) {
            positions = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                positions.putIfAbsent(columns.get(i).label().toLowerCase(Locale.ROOT), i + 1);
            }
        }
        Integer position = positions.get(label.toLowerCase(Locale.ROOT));
        if (position == null) {
            throw SqlErrors.of(ErrorCode.UNKNOWN_COLUMN, "result has no column of that label: " + label);
        }
        return position;
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    private long integer(int position, long min, long max, String target) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? 0 : reader.integer(column, row, min, max, target);
    }

    @Override
    public byte getByte(int position) throws SQLException {
        return (byte) integer(position, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    @Override
    public short getShort(int position) throws SQLException {
        return (short) integer(position, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    @Override
    public int getInt(int position) throws SQLException {
        return (int) integer(position, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    @Override
    public long getLong(int position) throws SQLException {
        return integer(position, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }

    @Override
    public float getFloat(int position) throws SQLException {
        return (float) getDouble(position);
    }

    @Override
    public double getDouble(int position) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? 0 : reader.floating(column, row);
    }

    @Override
    public boolean getBoolean(int position) throws SQLException {
        ColumnVector column = column(position);
        return column != null && reader.truth(column, row);
    }

    @Override
    public @Nullable String getString(int position) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.text(column, row);
    }

    @Override
    public @Nullable String getNString(int position) throws SQLException {
        return getString(position);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int position) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.decimal(column, row);
    }

    @Deprecated
    @Override
    public @Nullable BigDecimal getBigDecimal(int position, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(position);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public byte @Nullable [] getBytes(int position) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.bytes(column, row);
    }

    @Override
    public @Nullable Date getDate(int position) throws SQLException {
        return getDate(position, null);
    }

    @Override
    public @Nullable Date getDate(int position, @Nullable Calendar calendar) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.date(column, row, zone(calendar));
    }

    @Override
    public @Nullable Time getTime(int position) throws SQLException {
        return getTime(position, null);
    }

    @Override
    public @Nullable Time getTime(int position, @Nullable Calendar calendar) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.time(column, row, zone(calendar));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int position) throws SQLException {
        return getTimestamp(position, null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int position, @Nullable Calendar calendar) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.timestamp(column, row, zone(calendar));
    }

    private static ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
    }

    @Override
    public @Nullable Array getArray(int position) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.array(column, row);
    }

    @Override
    public @Nullable Object getObject(int position) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.object(column, row);
    }

    @Override
    public @Nullable Object getObject(int position, @Nullable Map<String, Class<?>> types) throws SQLException {
        if (types != null && !types.isEmpty()) {
            throw SqlErrors.unsupported("ResultSet.getObject with a map of types");
        }
        return getObject(position);
    }

    @Override
    public <T> @Nullable T getObject(int position, Class<T> wanted) throws SQLException {
        ColumnVector column = column(position);
        return column == null ? null : reader.object(column, row, wanted);
    }

    @Override
    public @Nullable InputStream getAsciiStream(int position) throws SQLException {
        String text = getString(position);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public @Nullable InputStream getBinaryStream(int position) throws SQLException {
        byte[] bytes = getBytes(position);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Reader getCharacterStream(int position) throws SQLException {
        String text = getString(position);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public @Nullable Reader getNCharacterStream(int position) throws SQLException {
        return getCharacterStream(position);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new TrellisResultSetMetaData(columns, catalogName);
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        if (rowNumber > 0 || isAfterLast) {
            return false;
        }
        if (batch == null) {
            // a result without rows is not before its first one
            batch = rows.nextBatch();
        }
        return batch != null;
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return rowNumber == 1 && !isAfterLast;
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return isAfterLast && rowNumber > 0;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return isAfterLast ? 0 : rowNumber;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        if (direction != ResultSet.FETCH_FORWARD) {
            throw SqlErrors.unsupported("fetch direction other than forward");
        }
    }

    @Override
    public int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int size) throws SQLException {
        checkOpen();
        if (size < 0) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "fetch size is negative: " + size);
        }
        fetchSize = size;
        if (size > 0) {
            rows.fetchSize(size);
        }
    }

    @Override
    public int getFetchSize() {
        return fetchSize;
    }

    @Override
    public int getType() {
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public boolean rowInserted() {
        return false;
    }

    @Override
    public boolean rowUpdated() {
        return false;
    }

    @Override
    public boolean rowDeleted() {
        return false;
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    @Override
    public @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {
        // results have none of their own
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() throws SQLException {
        if (!isClosed) {
            isClosed = true;
            batch = null;
            rows.close();
            if (statement != null) {
                statement.onResultClosed(this);
            }
        }
    }
}
