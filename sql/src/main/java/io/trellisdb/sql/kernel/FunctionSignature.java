package io.trellisdb.sql.kernel;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.List;

/**
 * What a function takes and gives.
 *
 * @param parameters the family of each parameter; the last one repeats when {@code variadic}
 * @param required how many arguments must be there
 * @param deterministic whether equal arguments give equal results, so that a call over constants is computed once
 */
public record FunctionSignature(
        String name, List<Family> parameters, int required, boolean variadic, Result result, boolean deterministic) {
    public FunctionSignature {
        parameters = List.copyOf(parameters);
    }

    /** Which types a parameter takes. */
    public enum Family {
        ANY,
        BOOLEAN,
        INTEGER,
        /** Integers, DECIMAL, REAL, DOUBLE. */
        NUMERIC,
        STRING,
        BINARY,
        /** STRING or BINARY. */
        BYTES,
        DATE,
        /** DATE, TIMESTAMP, TIMESTAMP WITH LOCAL TIME ZONE. */
        MOMENT,
        /** MOMENT, TIME or an interval. */
        TEMPORAL,
        INTERVAL,
        UUID,
        ARRAY;

        /** Whether a parameter of this family takes arguments of the type. */
        public boolean accepts(DataType type) {
            TypeKind kind = type.kind();
            boolean moment = kind == TypeKind.DATE || kind.isTimestamp();
            boolean interval = kind == TypeKind.INTERVAL_MONTH || kind == TypeKind.INTERVAL_NANO;
            return switch (this) {
                case ANY -> true;
                case BOOLEAN -> kind == TypeKind.BOOLEAN;
                case INTEGER -> kind.isInteger();
                case NUMERIC -> kind.isNumeric();
                case STRING -> kind.isString();
                case BINARY -> kind.isBinary();
                case BYTES -> kind.isString() || kind.isBinary();
                case DATE -> kind == TypeKind.DATE;
                case MOMENT -> moment;
                case TEMPORAL -> moment || interval || kind == TypeKind.TIME;
                case INTERVAL -> interval;
                case UUID -> kind == TypeKind.UUID;
                case ARRAY -> kind == TypeKind.ARRAY;
            };
        }
    }

    /** How the result's type follows from the arguments'. */
    public enum Result {
        BOOLEAN,
        INTEGER,
        BIGINT,
        DOUBLE,
        VARCHAR,
        VARBINARY,
        DATE,
        /** TIMESTAMP(6). */
        TIMESTAMP,
        /** TIMESTAMP(6) WITH LOCAL TIME ZONE. */
        TIMESTAMP_LTZ,
        UUID,
        /** The first argument's type. */
        FIRST,
        /** The second argument's type. */
        SECOND,
        /** The common type of all arguments. */
        COMMON,
        /** The element type of the array that is the first argument. */
        ELEMENT,
        /** An array of the arguments' common type. */
        ARRAY_OF_COMMON,
        /** Follows rules of its own, as arithmetic does: the planner's type system decides. */
        DERIVED
    }
}
