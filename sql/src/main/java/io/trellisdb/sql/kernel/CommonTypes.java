package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** The type in which two values can be compared or added. */
public final class CommonTypes {
    private CommonTypes() {}

    /** The common type, or null when there is none. */
    public static @Nullable DataType find(DataType a, DataType b) {
        if (a.equals(b) || b.kind() == TypeKind.NULL) {
            return a;
        }
        if (a.kind() == TypeKind.NULL) {
            return b;
        }
        if (a.kind().isNumeric() && b.kind().isNumeric()) {
            return numeric(a, b);
        }
        if (a.kind().isString() && b.kind().isString()) {
            return DataType.VARCHAR;
        }
        if (a.kind().isBinary() && b.kind().isBinary()) {
            return DataType.VARBINARY;
        }
        if (isMoment(a) && isMoment(b)) {
            return moment(a, b);
        }
        if (a.kind() == TypeKind.TIME && b.kind() == TypeKind.TIME) {
            return DataType.time(Math.max(a.precision(), b.precision()));
        }
        if (a.kind() == TypeKind.ARRAY && b.kind() == TypeKind.ARRAY) {
            DataType element = find(a.elementType(), b.elementType());
            return element == null ? null : DataType.array(element);
        }
        return null;
    }

    private static boolean isMoment(DataType type) {
        return type.kind() == TypeKind.DATE || type.kind().isTimestamp();
    }

    private static DataType moment(DataType a, DataType b) {
        int precision = Math.max(a.precision(), b.precision());
        boolean local = a.kind() == TypeKind.TIMESTAMP_LTZ || b.kind() == TypeKind.TIMESTAMP_LTZ;
        return local ? DataType.timestampLtz(precision) : DataType.timestamp(precision);
    }

    private static DataType numeric(DataType a, DataType b) {
        if (isApproximate(a) || isApproximate(b)) {
            return a.kind() == TypeKind.REAL && b.kind() == TypeKind.REAL ? DataType.REAL : DataType.DOUBLE;
        }
        if (a.kind() == TypeKind.DECIMAL || b.kind() == TypeKind.DECIMAL) {
            return decimal(asDecimal(a), asDecimal(b));
        }
        return ValueRanges.max(a) >= ValueRanges.max(b) ? a : b;
    }

    private static boolean isApproximate(DataType type) {
        return type.kind() == TypeKind.REAL || type.kind() == TypeKind.DOUBLE;
    }

    private static DataType decimal(DataType a, DataType b) {
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int precision = Math.min(DataType.MAX_DECIMAL_PRECISION, Math.max(1, whole + scale));
        return DataType.decimal(precision, Math.min(scale, precision));
    }

    /** The DECIMAL type that holds every value of an integer or DECIMAL type. */
    static DataType asDecimal(DataType type) {
        return switch (type.kind()) {
            case TINYINT -> DataType.decimal(3, 0);
            case SMALLINT -> DataType.decimal(5, 0);
            case INTEGER -> DataType.decimal(10, 0);
            case BIGINT -> DataType.decimal(19, 0);
            default -> type;
        };
    }
}
