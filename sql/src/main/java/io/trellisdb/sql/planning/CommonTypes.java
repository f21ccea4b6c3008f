package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import java.util.List;
import java.util.Optional;

/** The type in which values of two types are compared, and the conversions that get them there. */
final class CommonTypes {
    private static final int MAX = DataType.MAX_DECIMAL_PRECISION;

    private CommonTypes() {}

    /** Both arguments in one type. A literal takes the other's type if that holds it exactly. */
    static List<Expression> unify(Expression left, Expression right) {
        if (left.type().equals(right.type()) && !(left instanceof Cast) && !(right instanceof Cast)) {
            return List.of(left, right);
        }
        if (right instanceof Literal literal && !(left instanceof Literal)) {
            Expression narrow = withoutWidening(left);
            Optional<Literal> exact = Literals.exactly(literal, narrow.type());
            if (exact.isPresent()) {
                return List.of(narrow, exact.get());
            }
        }
        if (left instanceof Literal && !(right instanceof Literal)) {
            List<Expression> swapped = unify(right, left);
            return List.of(swapped.get(1), swapped.get(0));
        }
        if (left.type().equals(right.type())) {
            return List.of(left, right);
        }
        DataType common = common(left.type(), right.type());
        return List.of(convert(left, common), convert(right, common));
    }

    /** The expression under a conversion that changes no exact number, so that a literal can be compared with it. */
    static Expression withoutWidening(Expression expression) {
        Expression inner = expression;
        while (inner instanceof Cast cast && isWidening(cast.argument().type(), cast.type())) {
            inner = cast.argument();
        }
        return inner;
    }

    /** Widened numbers; CHAR and UUID as strings, since a literal is better read as what the column is. */
    private static boolean isWidening(DataType from, DataType to) {
        if (from.kind() == TypeKind.CHAR || from.kind() == TypeKind.UUID) {
            return to.kind().isString();
        }
        if (!isExact(from) || !isExact(to)) {
            return false;
        }
        DataType x = asDecimal(from);
        DataType y = asDecimal(to);
        return x.scale() <= y.scale() && x.precision() - x.scale() <= y.precision() - y.scale();
    }

    private static boolean isExact(DataType type) {
        return type.kind().isInteger() || type.kind() == TypeKind.DECIMAL;
    }

    /** The expression as a value of this type; literals are converted here where that is exact. */
    static Expression convert(Expression expression, DataType type) {
        if (expression.type().equals(type) || sameValues(expression.type(), type)) {
            return expression;
        }
        if (expression instanceof Literal literal) {
            Optional<Literal> exact = Literals.exactly(literal, type);
            if (exact.isPresent()) {
                return exact.get();
            }
        }
        return new Cast(expression, type, false);
    }

    /** Whether every value of {@code from} is a value of {@code to} in the same form, so that nothing need be done. */
    static boolean sameValues(DataType from, DataType to) {
        if (isVarying(from.kind())
                && isVarying(to.kind())
                && from.kind().isString() == to.kind().isString()) {
            return to.precision() == 0 || from.precision() > 0 && from.precision() <= to.precision();
        }
        return false;
    }

    private static boolean isVarying(TypeKind kind) {
        return switch (kind) {
            case VARCHAR, TEXT, VARBINARY, BLOB -> true;
            default -> false;
        };
    }

    /** The least type that holds the values of both, as far as they can be compared at all. */
    static DataType common(DataType a, DataType b) {
        if (a.equals(b) || b.kind() == TypeKind.NULL) {
            return a;
        }
        if (a.kind() == TypeKind.NULL) {
            return b;
        }
        if (a.kind().isNumeric() && b.kind().isNumeric()) {
            return number(a, b);
        }
        if (a.kind().isString() && b.kind().isString()) {
            return a.kind() == TypeKind.CHAR && b.kind() == TypeKind.CHAR
                    ? DataType.character(Math.max(a.precision(), b.precision()))
                    : DataType.VARCHAR;
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
        // a string against anything else is read as that
        return a.kind().isString() ? b : a;
    }

    private static DataType number(DataType a, DataType b) {
        if (isApproximate(a) || isApproximate(b)) {
            return a.kind() == TypeKind.REAL && b.kind() == TypeKind.REAL ? DataType.REAL : DataType.DOUBLE;
        }
        if (a.kind() != TypeKind.DECIMAL && b.kind() != TypeKind.DECIMAL) {
            return a.kind().compareTo(b.kind()) >= 0 ? a : b;
        }
        DataType x = asDecimal(a);
        DataType y = asDecimal(b);
        int scale = Math.max(x.scale(), y.scale());
        int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        return DataType.decimal(Math.min(MAX, Math.max(1, whole + scale)), Math.min(scale, MAX));
    }

    /** The DECIMAL that holds every value of an exact number's type. */
    static DataType asDecimal(DataType type) {
        return switch (type.kind()) {
            case TINYINT -> DataType.decimal(3, 0);
            case SMALLINT -> DataType.decimal(5, 0);
            case INTEGER -> DataType.decimal(10, 0);
            case BIGINT -> DataType.decimal(19, 0);
            default -> type;
        };
    }

    static boolean isApproximate(DataType type) {
        return type.kind() == TypeKind.REAL || type.kind() == TypeKind.DOUBLE;
    }

    private static boolean isMoment(DataType type) {
        return type.kind() == TypeKind.DATE || type.kind().isTimestamp();
    }

    private static DataType moment(DataType a, DataType b) {
        int precision = Math.max(a.precision(), b.precision());
        return a.kind() == TypeKind.TIMESTAMP_LTZ || b.kind() == TypeKind.TIMESTAMP_LTZ
                ? DataType.timestampLtz(precision)
                : DataType.timestamp(precision);
    }
}
