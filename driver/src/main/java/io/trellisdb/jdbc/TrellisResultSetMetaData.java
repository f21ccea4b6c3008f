package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.value.SqlTypes;
import io.trellisdb.protocol.message.ColumnMetadata;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;

/** The columns of a result as JDBC describes them. Immutable. */
final class TrellisResultSetMetaData implements ResultSetMetaData, JdbcWrapper {
    private final List<ColumnMetadata> columns;
    private final String catalogName;

    TrellisResultSetMetaData(List<ColumnMetadata> columns, String catalogName) {
        this.columns = columns;
        this.catalogName = catalogName;
    }

    private ColumnMetadata column(int position) throws SQLException {
        if (position < 1 || position > columns.size()) {
            throw SqlErrors.of(
                    ErrorCode.UNKNOWN_COLUMN, "column position is out of range: " + position + " of " + columns.size());
        }
        return columns.get(position - 1);
    }

    private DataType type(int position) throws SQLException {
        return column(position).type();
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    @Override
    public boolean isAutoIncrement(int position) throws SQLException {
        return column(position).generated();
    }

    @Override
    public boolean isCaseSensitive(int position) throws SQLException {
        return type(position).kind().isString();
    }

    @Override
    public boolean isSearchable(int position) throws SQLException {
        column(position);
        return true;
    }

    @Override
    public boolean isCurrency(int position) throws SQLException {
        column(position);
        return false;
    }

    @Override
    public int isNullable(int position) throws SQLException {
        return switch (column(position).nullability()) {
            case NO_NULLS -> columnNoNulls;
            case NULLABLE -> columnNullable;
            case UNKNOWN -> columnNullableUnknown;
        };
    }

    @Override
    public boolean isSigned(int position) throws SQLException {
        return SqlTypes.isSigned(type(position));
    }

    @Override
    public int getColumnDisplaySize(int position) throws SQLException {
        return SqlTypes.displaySize(type(position));
    }

    @Override
    public String getColumnLabel(int position) throws SQLException {
        return column(position).label();
    }

    @Override
    public String getColumnName(int position) throws SQLException {
        ColumnMetadata column = column(position);
        return column.column().isEmpty() ? column.label() : column.column();
    }

    @Override
    public String getSchemaName(int position) throws SQLException {
        return column(position).database();
    }

    @Override
    public String getTableName(int position) throws SQLException {
        return column(position).table();
    }

    @Override
    public String getCatalogName(int position) throws SQLException {
        return column(position).table().isEmpty() ? "" : catalogName;
    }

    @Override
    public int getPrecision(int position) throws SQLException {
        return SqlTypes.precision(type(position));
    }

    @Override
    public int getScale(int position) throws SQLException {
        return SqlTypes.scale(type(position));
    }

    @Override
    public int getColumnType(int position) throws SQLException {
        return SqlTypes.code(type(position));
    }

    @Override
    public String getColumnTypeName(int position) throws SQLException {
        return SqlTypes.name(type(position));
    }

    @Override
    public String getColumnClassName(int position) throws SQLException {
        return SqlTypes.javaClass(type(position)).getName();
    }

    @Override
    public boolean isReadOnly(int position) throws SQLException {
        column(position);
        return true;
    }

    @Override
    public boolean isWritable(int position) throws SQLException {
        column(position);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int position) throws SQLException {
        column(position);
        return false;
    }
}
