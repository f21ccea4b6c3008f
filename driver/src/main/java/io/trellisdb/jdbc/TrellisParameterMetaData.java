package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.value.SqlTypes;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** The parameters of a prepared statement as JDBC describes them. Immutable. */
final class TrellisParameterMetaData implements ParameterMetaData, JdbcWrapper {
    private final List<DataType> types;

    TrellisParameterMetaData(List<DataType> types) {
        this.types = types;
    }

    private DataType type(int position) throws SQLException {
        if (position < 1 || position > types.size()) {
            throw SqlErrors.of(
                    ErrorCode.UNKNOWN_PARAMETER,
                    "parameter position is out of range: " + position + " of " + types.size());
        }
        return types.get(position - 1);
    }

    @Override
    public int getParameterCount() {
        return types.size();
    }

    @Override
    public int isNullable(int position) throws SQLException {
        type(position);
        return parameterNullableUnknown;
    }

    @Override
    public boolean isSigned(int position) throws SQLException {
        return SqlTypes.isSigned(type(position));
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
    public int getParameterType(int position) throws SQLException {
        return SqlTypes.code(type(position));
    }

    @Override
    public String getParameterTypeName(int position) throws SQLException {
        return SqlTypes.name(type(position));
    }

    @Override
    public String getParameterClassName(int position) throws SQLException {
        return SqlTypes.javaClass(type(position)).getName();
    }

    @Override
    public int getParameterMode(int position) throws SQLException {
        type(position);
        return parameterModeIn;
    }
}
