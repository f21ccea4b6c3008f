package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Between our types and Calcite's. TEXT and BLOB are VARCHAR and VARBINARY without a length there. */
final class TypeMapping {
    private TypeMapping() {}

    static RelDataType toCalcite(DataType type, boolean nullable, TrellisTypeFactory factory) {
        return factory.createTypeWithNullability(toCalcite(type, factory), nullable);
    }

    private static RelDataType toCalcite(DataType type, TrellisTypeFactory factory) {
        return switch (type.kind()) {
            case NULL -> factory.createSqlType(SqlTypeName.NULL);
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case REAL -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case CHAR -> factory.createCharacterType(type.precision());
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR, lengthOrNone(type));
            case TEXT -> factory.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED);
            case BINARY -> factory.createSqlType(SqlTypeName.BINARY, type.precision());
            case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY, lengthOrNone(type));
            case BLOB -> factory.createSqlType(SqlTypeName.VARBINARY, RelDataType.PRECISION_NOT_SPECIFIED);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision());
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
            case TIMESTAMP_LTZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
            case INTERVAL_MONTH ->
                factory.createSqlIntervalType(
                        new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
            case INTERVAL_NANO ->
                factory.createSqlIntervalType(
                        new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case UUID -> factory.createSqlType(SqlTypeName.UUID);
            case ARRAY -> factory.createArrayType(toCalcite(type.elementType(), true, factory), -1);
        };
    }

    private static int lengthOrNone(DataType type) {
        return type.precision() == 0 ? RelDataType.PRECISION_NOT_SPECIFIED : type.precision();
    }

    /** Our type; NOT_SUPPORTED for types that Trellis does not have, INDETERMINATE_TYPE for one that nothing determines. */
    static DataType toTrellis(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case NULL -> DataType.NULL;
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case SMALLINT -> DataType.SMALLINT;
            case INTEGER -> DataType.INTEGER;
            case BIGINT -> DataType.BIGINT;
            case REAL -> DataType.REAL;
            case FLOAT, DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> decimal(type);
            case CHAR -> fixedLength(type) ? DataType.character(type.getPrecision()) : DataType.VARCHAR;
            case VARCHAR -> fixedLength(type) ? DataType.varchar(type.getPrecision()) : DataType.VARCHAR;
            case BINARY -> fixedLength(type) ? DataType.binary(type.getPrecision()) : DataType.VARBINARY;
            case VARBINARY -> fixedLength(type) ? DataType.varbinary(type.getPrecision()) : DataType.VARBINARY;
            case DATE -> DataType.DATE;
            case TIME -> DataType.time(type.getPrecision());
            case TIMESTAMP -> DataType.timestamp(type.getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.timestampLtz(type.getPrecision());
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> DataType.INTERVAL_MONTH;
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> DataType.INTERVAL_NANO;
            case UUID -> DataType.UUID;
            case ARRAY -> array(type);
            case UNKNOWN, ANY ->
                throw new TrellisException(
                        ErrorCode.INDETERMINATE_TYPE, "type of an expression cannot be determined, write a CAST");
            default ->
                throw new TrellisException(ErrorCode.NOT_SUPPORTED, "type is not supported: " + type.getSqlTypeName());
        };
    }

    private static DataType decimal(RelDataType type) {
        int precision = Math.min(type.getPrecision(), DataType.MAX_DECIMAL_PRECISION);
        if (type.getScale() < 0 || type.getScale() > precision) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "DECIMAL scale is not within its precision: " + type);
        }
        return DataType.decimal(precision, type.getScale());
    }

    private static boolean fixedLength(RelDataType type) {
        return type.getPrecision() > 0 && type.getPrecision() <= DataType.MAX_LENGTH;
    }

    private static DataType array(RelDataType type) {
        RelDataType component = type.getComponentType();
        if (component == null) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "type is not supported: " + type);
        }
        DataType element = toTrellis(component);
        if (element.kind() == TypeKind.ARRAY) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "arrays of arrays are not supported: " + type);
        }
        return DataType.array(element.kind() == TypeKind.NULL ? DataType.VARCHAR : element);
    }
}
