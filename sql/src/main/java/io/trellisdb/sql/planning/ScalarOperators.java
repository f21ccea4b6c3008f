package io.trellisdb.sql.planning;

import io.trellisdb.sql.kernel.FunctionSignature;
import io.trellisdb.sql.kernel.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The scalar functions as the validator sees them: made of the kernels' signatures, so that exactly what can be evaluated
 * can be named, and of the few that never reach a kernel. They are never rewritten by Calcite's converters.
 */
final class ScalarOperators {
    /** An interval literal finer than a millisecond, which Calcite's own literals cannot hold. */
    static final SqlFunction INTERVAL_NANOS = new Plain(
            "$INTERVAL_NANOS", binding -> binding.getOperandType(1), OperandTypes.ANY_ANY, SqlSyntax.FUNCTION, true);

    /** Names under which the kernels keep a unit, or which are operators of the grammar. */
    private static final String NOT_FUNCTIONS =
            "[^A-Z].*|.* .*|(EXTRACT|FLOOR|CEIL|TIMESTAMPADD|TIMESTAMPDIFF)_.*|AND|OR|NOT|LIKE|ILIKE|NEGATE|UNARY_PLUS"
                    + "|ITEM|ARRAY|TRIM";

    /** Results that are never NULL, or NULL only where all arguments are. */
    private static final Set<String> NEVER_NULL = Set.of("CONCAT");

    private static final Set<String> NULL_IF_ALL = Set.of("GREATEST", "LEAST");

    /** Results that may be NULL without a NULL argument. */
    private static final Set<String> NULL_AT_WILL = Set.of("ARRAY_LENGTH", "ARRAY_POSITION");

    private ScalarOperators() {}

    /** @param except names that are taken from elsewhere */
    static List<SqlOperator> all(Set<String> except) {
        List<SqlOperator> all = new ArrayList<>();
        for (FunctionSignature signature : Functions.all()) {
            if (!signature.name().matches(NOT_FUNCTIONS) && !except.contains(signature.name())) {
                all.add(of(signature.name(), signature));
            }
        }
        alias(all, "SUBSTR", "SUBSTRING");
        alias(all, "POW", "POWER");
        alias(all, "CEILING", "CEIL");
        addSessionValues(all);
        all.add(new Plain(
                "DATE_PART",
                ReturnTypes.DOUBLE_NULLABLE,
                OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME)
                        .or(OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME_INTERVAL)),
                SqlSyntax.FUNCTION,
                true));
        return all;
    }

    private static void alias(List<SqlOperator> all, String name, String function) {
        Functions.find(function).ifPresent(signature -> all.add(of(name, signature)));
    }

    private static void addSessionValues(List<SqlOperator> all) {
        SqlReturnTypeInference instant = ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
        all.add(session("CURRENT_TIMESTAMP", instant, SqlSyntax.FUNCTION_ID));
        all.add(session("NOW", instant, SqlSyntax.FUNCTION));
        all.add(session("LOCALTIMESTAMP", ReturnTypes.explicit(SqlTypeName.TIMESTAMP), SqlSyntax.FUNCTION_ID));
        all.add(session("LOCALTIME", ReturnTypes.explicit(SqlTypeName.TIME), SqlSyntax.FUNCTION_ID));
        all.add(session("CURRENT_TIME", ReturnTypes.explicit(SqlTypeName.TIME), SqlSyntax.FUNCTION_ID));
        all.add(session("CURRENT_DATE", ReturnTypes.DATE, SqlSyntax.FUNCTION_ID));
        for (String name :
                List.of("CURRENT_USER", "SESSION_USER", "USER", "CURRENT_ROLE", "CURRENT_CATALOG", "CURRENT_SCHEMA")) {
            all.add(session(name, ReturnTypes.VARCHAR, SqlSyntax.FUNCTION_ID));
        }
        for (String name : List.of("CURRENT_DATABASE", "VERSION")) {
            all.add(session(name, ReturnTypes.VARCHAR, SqlSyntax.FUNCTION));
        }
    }

    private static SqlFunction session(String name, SqlReturnTypeInference result, SqlSyntax syntax) {
        return new Plain(name, result, OperandTypes.NILADIC, syntax, true);
    }

    private static SqlFunction of(String name, FunctionSignature signature) {
        return new Plain(name, result(signature), arguments(signature), SqlSyntax.FUNCTION, signature.deterministic());
    }

    private static SqlOperandTypeChecker arguments(FunctionSignature signature) {
        if (signature.variadic()) {
            boolean alike = NULL_IF_ALL.contains(signature.name());
            return alike
                    ? OperandTypes.SAME_VARIADIC
                    : OperandTypes.variadic(SqlOperandCountRanges.from(signature.required()));
        }
        if (signature.parameters().isEmpty()) {
            return OperandTypes.NILADIC;
        }
        List<SqlTypeFamily> families =
                signature.parameters().stream().map(ScalarOperators::family).toList();
        return OperandTypes.family(families, position -> position >= signature.required());
    }

    private static SqlTypeFamily family(FunctionSignature.Family family) {
        return switch (family) {
            case BOOLEAN -> SqlTypeFamily.BOOLEAN;
            case INTEGER -> SqlTypeFamily.INTEGER;
            case NUMERIC -> SqlTypeFamily.NUMERIC;
            case STRING -> SqlTypeFamily.CHARACTER;
            case BINARY -> SqlTypeFamily.BINARY;
            case BYTES -> SqlTypeFamily.STRING;
            case DATE -> SqlTypeFamily.DATE;
            case MOMENT -> SqlTypeFamily.DATETIME;
            case INTERVAL -> SqlTypeFamily.DATETIME_INTERVAL;
            case ARRAY -> SqlTypeFamily.ARRAY;
            case ANY, TEMPORAL, UUID -> SqlTypeFamily.ANY;
        };
    }

    private static SqlReturnTypeInference result(FunctionSignature signature) {
        SqlReturnTypeInference type =
                switch (signature.result()) {
                    case BOOLEAN -> ReturnTypes.BOOLEAN;
                    case INTEGER -> ReturnTypes.INTEGER;
                    case BIGINT -> ReturnTypes.BIGINT;
                    case DOUBLE -> ReturnTypes.DOUBLE;
                    case VARCHAR -> ReturnTypes.VARCHAR;
                    case VARBINARY -> ReturnTypes.explicit(SqlTypeName.VARBINARY);
                    case DATE -> ReturnTypes.DATE;
                    case TIMESTAMP -> ReturnTypes.explicit(SqlTypeName.TIMESTAMP);
                    case TIMESTAMP_LTZ -> ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
                    case UUID -> ReturnTypes.explicit(SqlTypeName.UUID);
                    case FIRST -> ReturnTypes.ARG0;
                    case SECOND -> ReturnTypes.ARG1.andThen(ScalarOperators::dateToTimestamp);
                    case COMMON -> ReturnTypes.LEAST_RESTRICTIVE;
                    case ELEMENT -> ReturnTypes.TO_COLLECTION_ELEMENT;
                    case ARRAY_OF_COMMON -> ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_ARRAY);
                    case DERIVED -> ReturnTypes.ARG0;
                };
        if (NEVER_NULL.contains(signature.name())) {
            return type.andThen(SqlTypeTransforms.TO_NOT_NULLABLE);
        }
        if (NULL_AT_WILL.contains(signature.name())) {
            return type.andThen(SqlTypeTransforms.FORCE_NULLABLE);
        }
        return NULL_IF_ALL.contains(signature.name())
                ? type.andThen(ScalarOperators::nullableIfAll)
                : type.andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    private static RelDataType nullableIfAll(SqlOperatorBinding binding, RelDataType type) {
        boolean nullable = true;
        for (int i = 0; i < binding.getOperandCount(); i++) {
            nullable &= binding.getOperandType(i).isNullable();
        }
        return binding.getTypeFactory().createTypeWithNullability(type, nullable);
    }

    /** What truncates a moment gives a TIMESTAMP of a DATE. */
    private static RelDataType dateToTimestamp(SqlOperatorBinding binding, RelDataType type) {
        return SqlTypeUtil.isDate(type) ? binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP) : type;
    }

    /** A function that is no more than its signature. */
    static final class Plain extends SqlFunction {
        private final SqlSyntax syntax;
        private final boolean deterministic;

        Plain(
                String name,
                SqlReturnTypeInference result,
                SqlOperandTypeChecker arguments,
                SqlSyntax syntax,
                boolean deterministic) {
            super(name, SqlKind.OTHER_FUNCTION, result, null, arguments, SqlFunctionCategory.SYSTEM);
            this.syntax = syntax;
            this.deterministic = deterministic;
        }

        @Override
        public SqlSyntax getSyntax() {
            return syntax;
        }

        @Override
        public boolean isDeterministic() {
            return deterministic;
        }

        /** What a session fixes is known only when the plan runs. */
        @Override
        public boolean isDynamicFunction() {
            return syntax == SqlSyntax.FUNCTION_ID;
        }
    }
}
