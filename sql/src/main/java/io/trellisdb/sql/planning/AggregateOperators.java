package io.trellisdb.sql.planning;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Optionality;

/**
 * The aggregates that Trellis defines itself. SUM, AVG and the deviations are here although Calcite has them, because its
 * converters would rewrite them (AVG to SUM / COUNT, a windowed SUM to a CASE) and make integers of averages.
 */
final class AggregateOperators {
    static final SqlAggFunction PERCENTILE_CONT =
            new Percentile("PERCENTILE_CONT", SqlKind.PERCENTILE_CONT, AggregateOperators::continuous);

    static final SqlAggFunction PERCENTILE_DISC =
            new Percentile("PERCENTILE_DISC", SqlKind.PERCENTILE_DISC, binding -> binding.getTypeFactory()
                    .createTypeWithNullability(binding.getCollationType(), true));

    private static final SqlTypeFamily NUMBER = SqlTypeFamily.NUMERIC;
    private static final SqlTypeFamily ANY = SqlTypeFamily.ANY;

    private AggregateOperators() {}

    static List<SqlOperator> all() {
        List<SqlOperator> all = new ArrayList<>();
        all.add(aggregate(
                "SUM",
                nullableIfEmpty(
                        (b, type) -> b.getTypeFactory().getTypeSystem().deriveSumType(b.getTypeFactory(), type)),
                OperandTypes.family(NUMBER).or(OperandTypes.family(SqlTypeFamily.DATETIME_INTERVAL))));
        all.add(aggregate(
                "AVG",
                nullableIfEmpty(
                        (b, type) -> b.getTypeFactory().getTypeSystem().deriveAvgAggType(b.getTypeFactory(), type)),
                OperandTypes.family(NUMBER).or(OperandTypes.family(SqlTypeFamily.DATETIME_INTERVAL))));
        for (String name : List.of("STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP")) {
            all.add(aggregate(
                    name, ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.NUMERIC));
        }
        for (String name : List.of("CORR", "COVAR_POP", "COVAR_SAMP")) {
            all.add(aggregate(
                    name, ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.NUMERIC_NUMERIC));
        }
        for (String name : List.of("BOOL_AND", "BOOL_OR", "EVERY")) {
            all.add(aggregate(
                    name, ReturnTypes.BOOLEAN.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.BOOLEAN));
        }
        for (String name : List.of("BIT_AND", "BIT_OR", "BIT_XOR")) {
            all.add(aggregate(name, nullableIfEmpty((b, type) -> type), OperandTypes.INTEGER));
        }
        for (String name : List.of("FIRST", "LAST", "MIN_BY", "MAX_BY")) {
            all.add(aggregate(name, nullableIfEmpty((b, type) -> type), OperandTypes.family(ANY, ANY)));
        }
        for (String name : List.of("MIN", "MAX")) {
            all.add(aggregate(name, nullableIfEmpty((b, type) -> type), OperandTypes.COMPARABLE_ORDERED));
        }
        all.add(aggregate("ANY_VALUE", nullableIfEmpty((b, type) -> type), OperandTypes.ANY));
        all.add(aggregate(
                "TIME_AVG",
                ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.family(NUMBER, SqlTypeFamily.DATETIME)));
        all.add(ordered(
                "STRING_AGG",
                ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)));
        all.add(ordered(
                "LISTAGG",
                ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.family(
                        List.of(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER), position -> position == 1)));
        all.add(ordered("ARRAY_AGG", ReturnTypes.TO_ARRAY.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.ANY));
        for (String name : List.of(
                "REGR_SLOPE",
                "REGR_INTERCEPT",
                "REGR_R2",
                "REGR_SXX",
                "REGR_SYY",
                "REGR_SXY",
                "REGR_AVGX",
                "REGR_AVGY")) {
            all.add(aggregate(
                    name, ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.NUMERIC_NUMERIC));
        }
        all.add(aggregate("REGR_COUNT", ReturnTypes.BIGINT, OperandTypes.NUMERIC_NUMERIC));
        all.add(aggregate("APPROX_COUNT_DISTINCT", ReturnTypes.BIGINT, OperandTypes.ANY));
        all.add(aggregate("MODE", nullableIfEmpty((b, type) -> type), OperandTypes.ANY));
        all.add(PERCENTILE_CONT);
        all.add(PERCENTILE_DISC);
        return all;
    }

    /** Between two numbers lies a DOUBLE; between two moments a moment. */
    private static RelDataType continuous(SqlOperatorBinding binding) {
        RelDataType ordered = binding.getCollationType();
        RelDataType type =
                SqlTypeUtil.isNumeric(ordered) ? binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE) : ordered;
        return binding.getTypeFactory().createTypeWithNullability(type, true);
    }

    private static SqlAggFunction aggregate(
            String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return new Plain(name, result, arguments, Optionality.FORBIDDEN);
    }

    private static SqlAggFunction ordered(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments) {
        return new Plain(name, result, arguments, Optionality.OPTIONAL);
    }

    private interface TypeOfArgument {
        RelDataType derive(SqlOperatorBinding binding, RelDataType argument);
    }

    /** The type derived from the first argument's; NULL over no rows, which an empty frame makes possible anywhere. */
    private static SqlReturnTypeInference nullableIfEmpty(TypeOfArgument rule) {
        return binding -> binding.getTypeFactory()
                .createTypeWithNullability(rule.derive(binding, binding.getOperandType(0)), true);
    }

    /** PERCENTILE_CONT or PERCENTILE_DISC (fraction) WITHIN GROUP (ORDER BY value). */
    static final class Percentile extends SqlAggFunction {
        Percentile(String name, SqlKind kind, SqlReturnTypeInference result) {
            super(
                    name,
                    null,
                    kind,
                    result,
                    null,
                    OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL,
                    SqlFunctionCategory.SYSTEM,
                    false,
                    false,
                    Optionality.MANDATORY);
        }

        @Override
        public boolean isPercentile() {
            return true;
        }

        @Override
        public boolean allowsFraming() {
            return false;
        }
    }

    /** An aggregate that is no more than its signature; usable with and without OVER. */
    static final class Plain extends SqlAggFunction {
        Plain(String name, SqlReturnTypeInference result, SqlOperandTypeChecker arguments, Optionality order) {
            super(name, null, kind(name), result, null, arguments, SqlFunctionCategory.NUMERIC, false, false, order);
        }

        private static SqlKind kind(String name) {
            return switch (name) {
                case "SUM" -> SqlKind.SUM;
                case "AVG" -> SqlKind.AVG;
                case "MIN" -> SqlKind.MIN;
                case "MAX" -> SqlKind.MAX;
                default -> SqlKind.OTHER_FUNCTION;
            };
        }
    }
}
