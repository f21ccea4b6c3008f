package io.trellisdb.sql.planning;

import static org.apache.calcite.sql.SqlFunctionCategory.NUMERIC;
import static org.apache.calcite.sql.SqlFunctionCategory.STRING;
import static org.apache.calcite.sql.SqlFunctionCategory.SYSTEM;
import static org.apache.calcite.sql.SqlFunctionCategory.TIMEDATE;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.FamilyOperandTypeChecker;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The scalar functions that Trellis defines itself: name, arguments, result. They are never rewritten by Calcite's
 * converters; their plan name is their name unless {@link FunctionNames} says otherwise.
 */
final class ScalarOperators {
    /** An interval literal finer than a millisecond, which Calcite's own literals cannot hold. */
    static final SqlFunction INTERVAL_NANOS =
            function("$INTERVAL_NANOS", intervalOfArgument(), OperandTypes.ANY_ANY, SYSTEM);

    static final SqlFunction DATE_TRUNC = function(
            "DATE_TRUNC",
            ReturnTypes.ARG1.andThen(ScalarOperators::dateToTimestamp).andThen(SqlTypeTransforms.TO_NULLABLE),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME),
            TIMEDATE);

    static final SqlFunction DATE_PART = function(
            "DATE_PART",
            ReturnTypes.DOUBLE_NULLABLE,
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME)
                    .or(OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME_INTERVAL)),
            TIMEDATE);

    private static final SqlReturnTypeInference VARCHAR = ReturnTypes.VARCHAR_NULLABLE;
    private static final SqlReturnTypeInference DOUBLE = ReturnTypes.DOUBLE_NULLABLE;
    private static final SqlReturnTypeInference INTEGER = ReturnTypes.INTEGER_NULLABLE;
    private static final SqlReturnTypeInference BOOLEAN = ReturnTypes.BOOLEAN_NULLABLE;

    private static final SqlOperandTypeChecker NONE = OperandTypes.NILADIC;
    private static final SqlTypeFamily TEXT = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily NUMBER = SqlTypeFamily.NUMERIC;
    private static final SqlTypeFamily INT = SqlTypeFamily.INTEGER;
    private static final SqlTypeFamily INTERVAL = SqlTypeFamily.DATETIME_INTERVAL;
    private static final SqlTypeFamily DATETIME = SqlTypeFamily.DATETIME;

    private ScalarOperators() {}

    static List<SqlOperator> all() {
        List<SqlOperator> all = new ArrayList<>();
        addNumeric(all);
        addStrings(all);
        addTime(all);
        addOthers(all);
        return all;
    }

    private static void addNumeric(List<SqlOperator> all) {
        for (String name : List.of(
                "SQRT", "CBRT", "EXP", "LN", "LOG10", "SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN", "SINH",
                "COSH", "TANH", "DEGREES", "RADIANS")) {
            all.add(function(name, DOUBLE, family(NUMBER), NUMERIC));
        }
        all.add(function("ATAN2", DOUBLE, family(NUMBER, NUMBER), NUMERIC));
        all.add(function("POWER", DOUBLE, family(NUMBER, NUMBER), NUMERIC));
        all.add(function("POW", DOUBLE, family(NUMBER, NUMBER), NUMERIC));
        all.add(function("LOG", DOUBLE, optional(1, NUMBER, NUMBER), NUMERIC));
        all.add(function("PI", ReturnTypes.DOUBLE, NONE, NUMERIC));
        all.add(function("RANDOM", ReturnTypes.DOUBLE, NONE, NUMERIC, false));
        all.add(function("SIGN", ReturnTypes.ARG0_NULLABLE, family(NUMBER), NUMERIC));
        all.add(function("ROUND", ReturnTypes.ARG0_NULLABLE, optional(1, NUMBER, INT), NUMERIC));
        all.add(function("TRUNC", ReturnTypes.ARG0_NULLABLE, optional(1, NUMBER, INT), NUMERIC));
        all.add(function("TRUNCATE", ReturnTypes.ARG0_NULLABLE, optional(1, NUMBER, INT), NUMERIC));
        all.add(function("GREATEST", leastRestrictive(), OperandTypes.SAME_VARIADIC, SYSTEM));
        all.add(function("LEAST", leastRestrictive(), OperandTypes.SAME_VARIADIC, SYSTEM));
    }

    private static void addStrings(List<SqlOperator> all) {
        for (String name : List.of("INITCAP", "REVERSE", "MD5")) {
            all.add(function(name, VARCHAR, family(TEXT), STRING));
        }
        for (String name : List.of("LENGTH", "ASCII", "BIT_LENGTH")) {
            all.add(function(name, INTEGER, family(TEXT), STRING));
        }
        for (String name : List.of("LTRIM", "RTRIM", "BTRIM")) {
            all.add(function(name, VARCHAR, optional(1, TEXT, TEXT), STRING));
        }
        for (String name : List.of("LPAD", "RPAD")) {
            all.add(function(name, VARCHAR, optional(2, TEXT, INT, TEXT), STRING));
        }
        for (String name : List.of("LEFT", "RIGHT", "REPEAT")) {
            all.add(function(name, VARCHAR, family(TEXT, INT), STRING));
        }
        all.add(function("SUBSTR", VARCHAR, optional(2, TEXT, INT, INT), STRING));
        all.add(function("REPLACE", VARCHAR, family(TEXT, TEXT, TEXT), STRING));
        all.add(function("TRANSLATE", VARCHAR, family(TEXT, TEXT, TEXT), STRING));
        all.add(function("STRPOS", INTEGER, family(TEXT, TEXT), STRING));
        all.add(function("STARTS_WITH", BOOLEAN, family(TEXT, TEXT), STRING));
        all.add(function("SPLIT_PART", VARCHAR, family(TEXT, TEXT, INT), STRING));
        all.add(function("CHR", VARCHAR, family(INT), STRING));
        all.add(function("CONCAT", ReturnTypes.VARCHAR, OperandTypes.ONE_OR_MORE, STRING));
        all.add(function("CONCAT_WS", VARCHAR, OperandTypes.ONE_OR_MORE, STRING));
        all.add(function("REGEXP_LIKE", BOOLEAN, optional(2, TEXT, TEXT, TEXT), STRING));
        all.add(function("REGEXP_REPLACE", VARCHAR, optional(3, TEXT, TEXT, TEXT, TEXT), STRING));
    }

    private static void addTime(List<SqlOperator> all) {
        all.add(DATE_TRUNC);
        all.add(DATE_PART);
        all.add(function(
                "DATE_BIN",
                ReturnTypes.ARG1.andThen(ScalarOperators::dateToTimestamp).andThen(SqlTypeTransforms.TO_NULLABLE),
                family(INTERVAL, DATETIME, DATETIME),
                TIMEDATE));
        all.add(function(
                "TIME_BUCKET",
                ReturnTypes.ARG1.andThen(ScalarOperators::dateToTimestamp).andThen(SqlTypeTransforms.TO_NULLABLE),
                optional(2, INTERVAL, DATETIME, DATETIME, TEXT),
                TIMEDATE));
        all.add(function("TO_TIMESTAMP", instant(), family(NUMBER), TIMEDATE));
        all.add(function("MAKE_DATE", ReturnTypes.DATE_NULLABLE, family(INT, INT, INT), TIMEDATE));
        all.add(function("LAST_DAY", ReturnTypes.DATE_NULLABLE, family(DATETIME), TIMEDATE));
        all.add(function("NOW", instant(), NONE, TIMEDATE));
        all.add(session("CURRENT_TIMESTAMP", instant()));
        all.add(session("LOCALTIMESTAMP", precise(SqlTypeName.TIMESTAMP)));
        all.add(session("LOCALTIME", precise(SqlTypeName.TIME)));
        all.add(session("CURRENT_TIME", precise(SqlTypeName.TIME)));
        all.add(session("CURRENT_DATE", ReturnTypes.DATE));
    }

    private static void addOthers(List<SqlOperator> all) {
        all.add(function("GEN_RANDOM_UUID", ReturnTypes.explicit(SqlTypeName.UUID), NONE, SYSTEM, false));
        for (String name :
                List.of("CURRENT_USER", "SESSION_USER", "USER", "CURRENT_CATALOG", "CURRENT_SCHEMA", "CURRENT_ROLE")) {
            all.add(session(name, ReturnTypes.VARCHAR));
        }
        for (String name : List.of("CURRENT_DATABASE", "CURRENT_SCHEMA")) {
            all.add(function(name, ReturnTypes.VARCHAR, NONE, SYSTEM));
        }
        all.add(function("VERSION", ReturnTypes.VARCHAR, NONE, SYSTEM));
        all.add(function("ARRAY_LENGTH", INTEGER, family(SqlTypeFamily.ARRAY, INT), SYSTEM));
    }

    private static SqlOperandTypeChecker family(SqlTypeFamily... families) {
        return OperandTypes.family(families);
    }

    /** The arguments from position {@code required} on may be missing. */
    private static FamilyOperandTypeChecker optional(int required, SqlTypeFamily... families) {
        return OperandTypes.family(List.of(families), position -> position >= required);
    }

    private static SqlFunction function(
            String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments, SqlFunctionCategory category) {
        return function(name, result, arguments, category, true);
    }

    private static SqlFunction function(
            String name,
            SqlReturnTypeInference result,
            SqlOperandTypeChecker arguments,
            SqlFunctionCategory category,
            boolean deterministic) {
        return new Plain(name, result, arguments, category, SqlSyntax.FUNCTION, deterministic);
    }

    /** A value that is written without brackets. */
    private static SqlFunction session(String name, SqlReturnTypeInference result) {
        return new Plain(name, result, NONE, SYSTEM, SqlSyntax.FUNCTION_ID, true);
    }

    private static SqlReturnTypeInference instant() {
        return precise(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    }

    private static SqlReturnTypeInference precise(SqlTypeName name) {
        return binding -> binding.getTypeFactory()
                .createTypeWithNullability(binding.getTypeFactory().createSqlType(name), anyNullable(binding));
    }

    private static boolean anyNullable(SqlOperatorBinding binding) {
        for (int i = 0; i < binding.getOperandCount(); i++) {
            if (binding.getOperandType(i).isNullable()) {
                return true;
            }
        }
        return false;
    }

    /** GREATEST and LEAST pass over NULLs as in PostgreSQL: the result is NULL only if all arguments are. */
    private static SqlReturnTypeInference leastRestrictive() {
        return ReturnTypes.LEAST_RESTRICTIVE.andThen((binding, type) -> {
            boolean nullable = true;
            for (int i = 0; i < binding.getOperandCount(); i++) {
                nullable &= binding.getOperandType(i).isNullable();
            }
            return binding.getTypeFactory().createTypeWithNullability(type, nullable);
        });
    }

    private static SqlReturnTypeInference intervalOfArgument() {
        return binding -> binding.getOperandType(1);
    }

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
                SqlFunctionCategory category,
                SqlSyntax syntax,
                boolean deterministic) {
            super(name, SqlKind.OTHER_FUNCTION, result, null, arguments, category);
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
