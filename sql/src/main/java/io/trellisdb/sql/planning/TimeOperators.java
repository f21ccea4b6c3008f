package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlExtractFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code +}, {@code -} and EXTRACT with PostgreSQL's meaning where Calcite's differs: moment - moment is an interval,
 * date - date a number of days, date ± integer a date; EXTRACT of seconds and of the epoch keeps the fraction.
 */
final class TimeOperators {
    static final SqlBinaryOperator PLUS = new Sum("+", SqlKind.PLUS);
    static final SqlBinaryOperator MINUS = new Sum("-", SqlKind.MINUS);
    static final SqlExtractFunction EXTRACT = new Fraction();

    /** Fields with a fraction, or that are large. */
    static final Set<TimeUnitRange> FRACTIONAL =
            Set.of(TimeUnitRange.SECOND, TimeUnitRange.EPOCH, TimeUnitRange.MILLISECOND, TimeUnitRange.MICROSECOND);

    private static final int PRECEDENCE = 40;

    private TimeOperators() {}

    /** Addition or subtraction of numbers, moments and intervals. */
    private static final class Sum extends SqlBinaryOperator {
        Sum(String name, SqlKind kind) {
            super(
                    name,
                    kind,
                    PRECEDENCE,
                    true,
                    binding -> type(binding, kind),
                    TimeOperators::inferOperands,
                    kind == SqlKind.PLUS
                            ? OperandTypes.PLUS_OPERATOR
                                    .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER))
                                    .or(OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.DATE))
                            : OperandTypes.MINUS_OPERATOR
                                    .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER))
                                    .or(OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME)));
        }
    }

    /** A parameter beside a moment is an interval, beside anything else of the same type. */
    private static void inferOperands(SqlCallBinding binding, RelDataType result, RelDataType[] types) {
        RelDataType unknown = binding.getValidator().getUnknownType();
        RelDataType known = null;
        for (RelDataType type : binding.collectOperandTypes()) {
            known = known == null && !type.equals(unknown) ? type : known;
        }
        if (known == null) {
            return;
        }
        RelDataType wanted = SqlTypeUtil.isDatetime(known)
                ? TypeMapping.toCalcite(DataType.INTERVAL_NANO, true, (TrellisTypeFactory) binding.getTypeFactory())
                : known;
        for (int i = 0; i < types.length; i++) {
            RelDataType own = binding.getOperandType(i);
            types[i] = own.equals(unknown) ? wanted : own;
        }
    }

    private static RelDataType type(SqlOperatorBinding binding, SqlKind kind) {
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        RelDataTypeFactory factory = binding.getTypeFactory();
        boolean nullable = left.isNullable() || right.isNullable();
        RelDataType own = ownType(left, right, factory);
        if (own != null) {
            return factory.createTypeWithNullability(own, nullable);
        }
        SqlBinaryOperator standard = kind == SqlKind.PLUS ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS;
        return standard.inferReturnType(binding);
    }

    private static @org.jspecify.annotations.Nullable RelDataType ownType(
            RelDataType left, RelDataType right, RelDataTypeFactory factory) {
        boolean moments = SqlTypeUtil.isDatetime(left) && SqlTypeUtil.isDatetime(right);
        if (moments && SqlTypeUtil.isDate(left) && SqlTypeUtil.isDate(right)) {
            return factory.createSqlType(SqlTypeName.INTEGER);
        }
        if (moments) {
            return factory.createSqlIntervalType(new SqlIntervalQualifier(
                    org.apache.calcite.avatica.util.TimeUnit.DAY,
                    org.apache.calcite.avatica.util.TimeUnit.SECOND,
                    SqlParserPos.ZERO));
        }
        if (SqlTypeUtil.isDate(left) && SqlTypeUtil.isIntType(right)) {
            return left;
        }
        if (SqlTypeUtil.isDate(right) && SqlTypeUtil.isIntType(left)) {
            return right;
        }
        boolean leftMoment = SqlTypeUtil.isDatetime(left) && SqlTypeUtil.isInterval(right);
        boolean rightMoment = SqlTypeUtil.isDatetime(right) && SqlTypeUtil.isInterval(left);
        if (leftMoment || rightMoment) {
            return shifted(leftMoment ? left : right, leftMoment ? right : left, factory);
        }
        return null;
    }

    /** A DATE moved by less than days is a TIMESTAMP; anything else keeps its type. */
    private static RelDataType shifted(RelDataType moment, RelDataType interval, RelDataTypeFactory factory) {
        SqlTypeName name = interval.getSqlTypeName();
        boolean whole = SqlTypeName.YEAR_INTERVAL_TYPES.contains(name) || name == SqlTypeName.INTERVAL_DAY;
        return SqlTypeUtil.isDate(moment) && !whole ? factory.createSqlType(SqlTypeName.TIMESTAMP) : moment;
    }

    /** EXTRACT of a field in {@link #FRACTIONAL}. */
    private static final class Fraction extends SqlExtractFunction {
        Fraction() {
            super("$EXTRACT", false);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            RelDataTypeFactory factory = binding.getTypeFactory();
            RelDataType argument = binding.getOperandType(1);
            TimeUnitRange unit = unit(binding);
            int digits = digits(argument);
            int shift = unit == TimeUnitRange.MILLISECOND ? 3 : unit == TimeUnitRange.MICROSECOND ? 6 : 0;
            int scale = Math.max(0, digits - shift);
            int whole = unit == TimeUnitRange.EPOCH ? 12 : 2 + shift;
            RelDataType type = factory.createSqlType(SqlTypeName.DECIMAL, whole + scale, scale);
            return factory.createTypeWithNullability(type, argument.isNullable());
        }

        private static TimeUnitRange unit(SqlOperatorBinding binding) {
            if (binding instanceof SqlCallBinding call && call.operand(0) instanceof SqlIntervalQualifier qualifier) {
                return qualifier.timeUnitRange;
            }
            TimeUnitRange unit = binding.getOperandLiteralValue(0, TimeUnitRange.class);
            return unit == null ? TimeUnitRange.SECOND : unit;
        }

        private static int digits(RelDataType type) {
            if (SqlTypeUtil.isInterval(type)) {
                return 9;
            }
            return SqlTypeUtil.isDate(type) ? 0 : Math.max(0, type.getPrecision());
        }
    }
}
