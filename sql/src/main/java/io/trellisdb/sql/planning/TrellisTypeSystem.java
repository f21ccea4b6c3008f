package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Bounds and derived types: TIME and TIMESTAMP to nanoseconds, DECIMAL to 38 digits, strings without a length of their own.
 *
 * <p>SUM of an integer up to 32 bits is BIGINT, of BIGINT DECIMAL(38, 0), of DECIMAL(p, s) DECIMAL(38, s), of REAL and
 * DOUBLE DOUBLE. AVG of exact numbers is DECIMAL(38, max(s, 10)), of approximate ones DOUBLE. Deviations, variances and
 * correlations are DOUBLE.
 */
final class TrellisTypeSystem extends RelDataTypeSystemImpl {
    static final TrellisTypeSystem INSTANCE = new TrellisTypeSystem();

    static final int AVERAGE_SCALE = 10;
    private static final int DEFAULT_FRACTION = 6;
    private static final int INTERVAL_DIGITS = 10;

    private TrellisTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DataType.MAX_DECIMAL_PRECISION;
            case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
                DataType.MAX_TIME_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> DataType.MAX_DECIMAL_PRECISION;
            case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
                DEFAULT_FRACTION;
            default ->
                SqlTypeName.INTERVAL_TYPES.contains(typeName) ? INTERVAL_DIGITS : super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? DataType.MAX_DECIMAL_PRECISION : super.getMaxScale(typeName);
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType type =
                switch (argumentType.getSqlTypeName()) {
                    case TINYINT, SMALLINT, INTEGER -> typeFactory.createSqlType(SqlTypeName.BIGINT);
                    case BIGINT -> typeFactory.createSqlType(SqlTypeName.DECIMAL, DataType.MAX_DECIMAL_PRECISION, 0);
                    case DECIMAL ->
                        typeFactory.createSqlType(
                                SqlTypeName.DECIMAL, DataType.MAX_DECIMAL_PRECISION, argumentType.getScale());
                    case REAL, FLOAT, DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
                    default -> argumentType;
                };
        return typeFactory.createTypeWithNullability(type, argumentType.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType type =
                switch (argumentType.getSqlTypeName()) {
                    case TINYINT, SMALLINT, INTEGER, BIGINT ->
                        typeFactory.createSqlType(SqlTypeName.DECIMAL, DataType.MAX_DECIMAL_PRECISION, AVERAGE_SCALE);
                    case DECIMAL ->
                        typeFactory.createSqlType(
                                SqlTypeName.DECIMAL,
                                DataType.MAX_DECIMAL_PRECISION,
                                Math.max(AVERAGE_SCALE, argumentType.getScale()));
                    case REAL, FLOAT, DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
                    default -> argumentType;
                };
        return typeFactory.createTypeWithNullability(type, argumentType.isNullable());
    }

    @Override
    public RelDataType deriveCovarType(RelDataTypeFactory typeFactory, RelDataType firstType, RelDataType secondType) {
        boolean nullable = firstType.isNullable() || secondType.isNullable();
        return typeFactory.createTypeWithNullability(typeFactory.createSqlType(SqlTypeName.DOUBLE), nullable);
    }
}
