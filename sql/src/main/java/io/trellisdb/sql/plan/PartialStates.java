package io.trellisdb.sql.plan;

import io.trellisdb.common.type.DataType;
import java.util.List;

/**
 * The columns that hold an aggregate's state between the PARTIAL and the FINAL part of an aggregation.
 *
 * <p>COUNT: the count. SUM: the sum, NULL over no values. MIN, MAX, ANY_VALUE, BOOL_AND, BOOL_OR: the result so far. AVG: the
 * sum as SUM would give it, and the count. A FINAL call's arguments are its state columns. DISTINCT and ordered aggregates,
 * and all others, have no partial states: they see all rows in one place.
 */
public final class PartialStates {
    private PartialStates() {}

    public static boolean exist(AggregateCall call) {
        if (call.distinct() || !call.order().isEmpty()) {
            return false;
        }
        return switch (call.function()) {
            case "COUNT", "SUM", "SUM0", "MIN", "MAX", "AVG", "ANY_VALUE", "BOOL_AND", "BOOL_OR" -> true;
            default -> false;
        };
    }

    /**
     * The types of the state columns of a call that has them.
     *
     * @param input the columns that the call's arguments count through
     */
    public static List<DataType> types(AggregateCall call, List<OutputColumn> input) {
        if (call.function().equals("AVG")) {
            return List.of(sumType(input.get(call.arguments().get(0)).type()), DataType.BIGINT);
        }
        return List.of(call.type());
    }

    /** The type of a sum of values of a type. */
    public static DataType sumType(DataType argument) {
        return switch (argument.kind()) {
            case TINYINT, SMALLINT, INTEGER -> DataType.BIGINT;
            case BIGINT -> DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
            case DECIMAL -> DataType.decimal(DataType.MAX_DECIMAL_PRECISION, argument.scale());
            case REAL, DOUBLE -> DataType.DOUBLE;
            default -> argument;
        };
    }
}
