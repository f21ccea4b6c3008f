package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.jdbc.error.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The setters of a prepared statement: one row of values, kept as they were set until the statement runs. */
abstract class ParameterSetters extends UnsupportedPreparedStatement {
    /** The longest value of a row. */
    private static final int MAX_VALUE_LENGTH = DataType.MAX_LENGTH;

    private final List<DataType> types;
    private final @Nullable Object[] values;
    private final boolean[] isSet;

    ParameterSetters(TrellisConnection connection, List<DataType> types) {
        super(connection);
        this.types = types;
        this.values = new Object[types.size()];
        this.isSet = new boolean[types.size()];
    }

    final void set(int position, @Nullable Object value) throws SQLException {
        checkOpen();
        checkPosition(position);
        values[position - 1] = value;
        isSet[position - 1] = true;
    }

    private void checkPosition(int position) throws SQLException {
        if (position < 1 || position > values.length) {
            throw SqlErrors.of(
                    ErrorCode.UNKNOWN_PARAMETER,
                    "parameter position is out of range: " + position + " of " + values.length);
        }
    }

    /** The row that was set; a parameter that was not is UNKNOWN_PARAMETER. Valid until the next setter. */
    final @Nullable Object[] row() throws SQLException {
        for (int i = 0; i < isSet.length; i++) {
            if (!isSet[i]) {
                throw SqlErrors.of(ErrorCode.UNKNOWN_PARAMETER, "parameter is not set: " + (i + 1));
            }
        }
        return values;
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(values, null);
        Arrays.fill(isSet, false);
    }

    @Override
    public void setNull(int position, int sqlType) throws SQLException {
        set(position, null);
    }

    @Override
    public void setNull(int position, int sqlType, @Nullable String typeName) throws SQLException {
        set(position, null);
    }

    @Override
    public void setBoolean(int position, boolean value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setByte(int position, byte value) throws SQLException {
        set(position, (int) value);
    }

    @Override
    public void setShort(int position, short value) throws SQLException {
        set(position, (int) value);
    }

    @Override
    public void setInt(int position, int value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setLong(int position, long value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setFloat(int position, float value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setDouble(int position, double value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setBigDecimal(int position, @Nullable BigDecimal value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setString(int position, @Nullable String value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setNString(int position, @Nullable String value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setBytes(int position, byte @Nullable [] value) throws SQLException {
        set(position, value == null ? null : value.clone());
    }

    @Override
    public void setDate(int position, @Nullable Date value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setDate(int position, @Nullable Date value, @Nullable Calendar calendar) throws SQLException {
        set(position, value == null ? null : inZone(value, calendar).toLocalDate());
    }

    @Override
    public void setTime(int position, @Nullable Time value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setTime(int position, @Nullable Time value, @Nullable Calendar calendar) throws SQLException {
        set(position, value == null ? null : inZone(value, calendar).toLocalTime());
    }

    @Override
    public void setTimestamp(int position, @Nullable Timestamp value) throws SQLException {
        set(position, value);
    }

    /** The calendar says where the timestamp's instant becomes a date and time; a parameter that is an instant needs none. */
    @Override
    public void setTimestamp(int position, @Nullable Timestamp value, @Nullable Calendar calendar) throws SQLException {
        checkPosition(position);
        boolean isInstant = types.get(position - 1).kind() == TypeKind.TIMESTAMP_LTZ;
        set(position, value == null || isInstant || calendar == null ? value : inZone(value, calendar));
    }

    @SuppressWarnings("JavaUtilDate") // JDBC's own classes
    private static LocalDateTime inZone(java.util.Date value, @Nullable Calendar calendar) {
        ZoneId zone = calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
        int nanos = value instanceof Timestamp timestamp ? timestamp.getNanos() : 0;
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(value.getTime()), zone);
        return value instanceof Timestamp ? local.withNano(nanos) : local;
    }

    @Override
    public void setArray(int position, @Nullable Array value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setObject(int position, @Nullable Object value) throws SQLException {
        set(position, value);
    }

    @Override
    public void setObject(int position, @Nullable Object value, int sqlType) throws SQLException {
        setObject(position, value, sqlType, -1);
    }

    /** The parameter's own type decides; {@code sqlType} is refused only when it can mean nothing, {@code scale} rounds. */
    @Override
    public void setObject(int position, @Nullable Object value, int sqlType, int scale) throws SQLException {
        boolean isScaled = scale >= 0 && (sqlType == Types.DECIMAL || sqlType == Types.NUMERIC);
        if (isScaled && value instanceof BigDecimal decimal) {
            set(position, decimal.setScale(scale, RoundingMode.HALF_UP));
        } else {
            set(position, value);
        }
    }

    @Override
    public void setObject(int position, @Nullable Object value, SQLType sqlType) throws SQLException {
        setObject(position, value, sqlType.getVendorTypeNumber(), -1);
    }

    @Override
    public void setObject(int position, @Nullable Object value, SQLType sqlType, int scale) throws SQLException {
        setObject(position, value, sqlType.getVendorTypeNumber(), scale);
    }

    @Override
    public void setCharacterStream(int position, @Nullable Reader value) throws SQLException {
        set(position, value == null ? null : text(value, Long.MAX_VALUE));
    }

    @Override
    public void setCharacterStream(int position, @Nullable Reader value, int length) throws SQLException {
        set(position, value == null ? null : text(value, length));
    }

    @Override
    public void setCharacterStream(int position, @Nullable Reader value, long length) throws SQLException {
        set(position, value == null ? null : text(value, length));
    }

    @Override
    public void setNCharacterStream(int position, @Nullable Reader value) throws SQLException {
        setCharacterStream(position, value);
    }

    @Override
    public void setNCharacterStream(int position, @Nullable Reader value, long length) throws SQLException {
        setCharacterStream(position, value, length);
    }

    private static String text(Reader reader, long length) throws SQLException {
        try {
            StringWriter text = new StringWriter();
            char[] buffer = new char[4_096];
            long left = length;
            int count = 0;
            while (left > 0 && count >= 0) {
                count = reader.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count > 0) {
                    text.write(buffer, 0, count);
                    left -= count;
                }
                checkLength(text.getBuffer().length());
            }
            return text.toString();
        } catch (IOException e) {
            throw SqlErrors.of(ErrorCode.IO_ERROR, "stream of a parameter cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(InputStream stream, long length) throws SQLException {
        try {
            byte[] bytes = stream.readNBytes((int) Math.min(length, MAX_VALUE_LENGTH + 1L));
            checkLength(bytes.length);
            return bytes;
        } catch (IOException e) {
            throw SqlErrors.of(ErrorCode.IO_ERROR, "stream of a parameter cannot be read: " + e.getMessage(), e);
        }
    }

    private static void checkLength(int length) throws SQLException {
        if (length > MAX_VALUE_LENGTH) {
            throw SqlErrors.of(
                    ErrorCode.STRING_TOO_LONG, "value of a parameter is too long: more than " + MAX_VALUE_LENGTH);
        }
    }

    @Override
    public void setBinaryStream(int position, @Nullable InputStream value) throws SQLException {
        set(position, value == null ? null : bytes(value, Long.MAX_VALUE));
    }

    @Override
    public void setBinaryStream(int position, @Nullable InputStream value, int length) throws SQLException {
        set(position, value == null ? null : bytes(value, length));
    }

    @Override
    public void setBinaryStream(int position, @Nullable InputStream value, long length) throws SQLException {
        set(position, value == null ? null : bytes(value, length));
    }

    @Override
    public void setAsciiStream(int position, @Nullable InputStream value) throws SQLException {
        setAsciiStream(position, value, Long.MAX_VALUE);
    }

    @Override
    public void setAsciiStream(int position, @Nullable InputStream value, int length) throws SQLException {
        setAsciiStream(position, value, (long) length);
    }

    @Override
    public void setAsciiStream(int position, @Nullable InputStream value, long length) throws SQLException {
        set(position, value == null ? null : new String(bytes(value, length), StandardCharsets.US_ASCII));
    }
}
