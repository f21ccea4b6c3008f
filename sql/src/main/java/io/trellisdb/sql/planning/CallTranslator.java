package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.SessionValue;
import io.trellisdb.sql.kernel.Functions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Arithmetic, functions and operators other than comparisons and logic. */
final class CallTranslator {
    private static final Map<String, SessionValue.Kind> SESSION_VALUES = Map.ofEntries(
            Map.entry("CURRENT_TIMESTAMP", SessionValue.Kind.CURRENT_TIMESTAMP),
            Map.entry("NOW", SessionValue.Kind.CURRENT_TIMESTAMP),
            Map.entry("LOCALTIMESTAMP", SessionValue.Kind.LOCAL_TIMESTAMP),
            Map.entry("CURRENT_DATE", SessionValue.Kind.CURRENT_DATE),
            Map.entry("CURRENT_TIME", SessionValue.Kind.LOCAL_TIME),
            Map.entry("LOCALTIME", SessionValue.Kind.LOCAL_TIME),
            Map.entry("CURRENT_USER", SessionValue.Kind.CURRENT_USER),
            Map.entry("USER", SessionValue.Kind.CURRENT_USER),
            Map.entry("CURRENT_ROLE", SessionValue.Kind.CURRENT_USER),
            Map.entry("SESSION_USER", SessionValue.Kind.SESSION_USER),
            Map.entry("CURRENT_SCHEMA", SessionValue.Kind.CURRENT_SCHEMA),
            Map.entry("CURRENT_CATALOG", SessionValue.Kind.CURRENT_CATALOG),
            Map.entry("CURRENT_DATABASE", SessionValue.Kind.CURRENT_CATALOG));

    private final ExpressionTranslator expressions;

    CallTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Expression translate(RexCall call) {
        Expression translated = translateAny(call);
        if (translated instanceof Call function && !Functions.isImplemented(function.function())) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "function or operator is not supported: " + function.function());
        }
        return translated;
    }

    private Expression translateAny(RexCall call) {
        DataType type = TypeMapping.toTrellis(call.getType());
        return switch (call.getKind()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD -> arithmetic(call, type);
            case MINUS_PREFIX -> new Call("NEGATE", converted(call, type), type);
            case PLUS_PREFIX -> expressions.translate(call.getOperands().get(0));
            case LIKE ->
                new Call(
                        call.getOperator().equals(SqlLibraryOperators.ILIKE) ? "ILIKE" : "LIKE", arguments(call), type);
            case POSIX_REGEX_CASE_SENSITIVE, POSIX_REGEX_CASE_INSENSITIVE -> regularExpression(call);
            case EXTRACT -> new Call("EXTRACT_" + unit(call, 0), rest(call, 1), type);
            case FLOOR, CEIL -> rounded(call, type);
            case TIMESTAMP_ADD -> timestampAdd(call, type);
            case TIMESTAMP_DIFF -> timestampDiff(call, type);
            case TRIM -> trim(call, type);
            case ARRAY_VALUE_CONSTRUCTOR -> array(call, type);
            case ITEM -> new Call("ITEM", arguments(call), type);
            default -> function(call, type);
        };
    }

    private List<Expression> arguments(RexCall call) {
        return expressions.translateAll(call.getOperands());
    }

    private List<Expression> rest(RexCall call, int from) {
        return expressions.translateAll(
                call.getOperands().subList(from, call.getOperands().size()));
    }

    private List<Expression> converted(RexCall call, DataType type) {
        return arguments(call).stream()
                .map(argument -> CommonTypes.convert(argument, type))
                .toList();
    }

    /** Numbers in the result's family; moments and intervals as they are. */
    private Expression arithmetic(RexCall call, DataType type) {
        String function =
                switch (call.getKind()) {
                    case PLUS -> "+";
                    case MINUS -> "-";
                    case TIMES -> "*";
                    case DIVIDE -> "/";
                    default -> "MOD";
                };
        List<Expression> arguments = new ArrayList<>();
        for (Expression argument : arguments(call)) {
            arguments.add(
                    argument.type().kind().isNumeric() && type.kind().isNumeric() ? operand(argument, type) : argument);
        }
        return new Call(function, momentFirst(function, arguments), type);
    }

    /** interval + ts, days + date and n * interval are ts + interval, date + days and interval * n. */
    private static List<Expression> momentFirst(String function, List<Expression> arguments) {
        boolean days = function.equals("+")
                && arguments.get(0).type().kind().isInteger()
                && arguments.get(1).type().kind() == TypeKind.DATE;
        boolean swap = days
                || arguments.size() == 2
                        && (function.equals("+") && isInterval(arguments.get(0)) && !isInterval(arguments.get(1))
                                || function.equals("*")
                                        && !isInterval(arguments.get(0))
                                        && isInterval(arguments.get(1)));
        return swap ? List.of(arguments.get(1), arguments.get(0)) : arguments;
    }

    private static boolean isInterval(Expression expression) {
        TypeKind kind = expression.type().kind();
        return kind == TypeKind.INTERVAL_MONTH || kind == TypeKind.INTERVAL_NANO;
    }

    /** A DECIMAL result takes its arguments as DECIMALs of their own scale; any other takes them in its own type. */
    private static Expression operand(Expression argument, DataType result) {
        if (result.kind() != TypeKind.DECIMAL) {
            return CommonTypes.convert(argument, result);
        }
        return CommonTypes.isApproximate(argument.type())
                ? CommonTypes.convert(argument, result)
                : CommonTypes.convert(argument, CommonTypes.asDecimal(argument.type()));
    }

    private Expression regularExpression(RexCall call) {
        List<Expression> arguments = new ArrayList<>(arguments(call));
        if (call.getKind() == SqlKind.POSIX_REGEX_CASE_INSENSITIVE) {
            arguments.add(new Literal("i", DataType.VARCHAR));
        }
        return new Call("REGEXP_LIKE", arguments, DataType.BOOLEAN);
    }

    /** FLOOR and CEIL of a number, or of a moment to a unit. */
    private Expression rounded(RexCall call, DataType type) {
        String name = call.getKind().name();
        if (call.getOperands().size() == 1) {
            return new Call(name, arguments(call), type);
        }
        Expression moment = expressions.translate(call.getOperands().get(0));
        return new Call(name + "_" + unit(call, 1), List.of(moment), type);
    }

    private static String unit(RexCall call, int position) {
        RexNode operand = call.getOperands().get(position);
        if (operand instanceof RexLiteral literal) {
            Object value = literal.getValue();
            if (value instanceof TimeUnitRange || value instanceof TimeUnit) {
                return value.toString();
            }
            String text = literal.getValueAs(String.class);
            if (text != null) {
                return text.toUpperCase(Locale.ROOT);
            }
        }
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "time unit must be a name: " + operand);
    }

    private Expression timestampAdd(RexCall call, DataType type) {
        Expression count =
                CommonTypes.convert(expressions.translate(call.getOperands().get(1)), DataType.BIGINT);
        Expression moment =
                CommonTypes.convert(expressions.translate(call.getOperands().get(2)), type);
        return new Call("TIMESTAMPADD_" + unit(call, 0), List.of(count, moment), type);
    }

    private Expression timestampDiff(RexCall call, DataType type) {
        List<Expression> moments = CommonTypes.unify(
                expressions.translate(call.getOperands().get(1)),
                expressions.translate(call.getOperands().get(2)));
        return new Call("TIMESTAMPDIFF_" + unit(call, 0), moments, type);
    }

    private Expression trim(RexCall call, DataType type) {
        SqlTrimFunction.Flag flag = ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
        String function =
                switch (Objects.requireNonNull(flag, "flag")) {
                    case BOTH -> "BTRIM";
                    case LEADING -> "LTRIM";
                    case TRAILING -> "RTRIM";
                };
        Expression characters = expressions.translate(call.getOperands().get(1));
        Expression value = expressions.translate(call.getOperands().get(2));
        return new Call(function, List.of(value, characters), type);
    }

    private Expression array(RexCall call, DataType type) {
        List<Expression> elements = arguments(call).stream()
                .map(element -> CommonTypes.convert(element, type.elementType()))
                .toList();
        return new Call("ARRAY", elements, type);
    }

    private Expression function(RexCall call, DataType type) {
        String sqlName = call.getOperator().getName().toUpperCase(Locale.ROOT);
        SessionValue.Kind session = SESSION_VALUES.get(sqlName);
        if (session != null) {
            return new SessionValue(session, type);
        }
        if (call.getOperator().equals(ScalarOperators.INTERVAL_NANOS)) {
            return fineInterval(call);
        }
        return switch (sqlName) {
            case "DATE_PART" -> datePart(call, type);
            case "VERSION" -> new Literal("Trellis 0.1.0", DataType.VARCHAR);
            case "STRPOS" -> {
                List<Expression> arguments = arguments(call);
                yield new Call("POSITION", List.of(arguments.get(1), arguments.get(0)), type);
            }
            case "GREATEST", "LEAST" -> new Call(sqlName, converted(call, type), type);
            case "||", "CONCAT", "CONCAT_WS" -> new Call(sqlName, strings(call, type), type);
            case "DATE_TRUNC", "DATE_BIN", "TIME_BUCKET" -> new Call(sqlName, moments(call, type), type);
            default -> new Call(FunctionNames.scalar(sqlName), arguments(call), type);
        };
    }

    /** DATE_PART('year', ts): the field must be written out. */
    private Expression datePart(RexCall call, DataType type) {
        Expression field = expressions.translate(call.getOperands().get(0));
        if (!(field instanceof Literal literal) || !(literal.value() instanceof String name)) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "DATE_PART needs the name of a field as a literal");
        }
        String unit = name.toUpperCase(Locale.ROOT);
        return new Call("EXTRACT_" + unit, rest(call, 1), type);
    }

    /** {@code ||} of strings; of arrays or binary as they are. */
    private List<Expression> strings(RexCall call, DataType type) {
        return type.kind().isString()
                ? arguments(call).stream()
                        .map(argument -> argument.type().kind().isString()
                                ? argument
                                : CommonTypes.convert(argument, DataType.VARCHAR))
                        .toList()
                : arguments(call);
    }

    /** DATEs among the arguments as the TIMESTAMP that comes out. */
    private List<Expression> moments(RexCall call, DataType type) {
        return arguments(call).stream()
                .map(argument -> argument.type().kind() == TypeKind.DATE
                                || argument.type().kind().isTimestamp()
                        ? CommonTypes.convert(argument, type)
                        : argument)
                .toList();
    }

    private Expression fineInterval(RexCall call) {
        Literal nanos = (Literal) expressions.translate(call.getOperands().get(0));
        Literal interval = (Literal) expressions.translate(call.getOperands().get(1));
        Duration coarse = (Duration) Objects.requireNonNull(interval.value());
        return new Literal(
                coarse.plusNanos(Long.parseLong((String) Objects.requireNonNull(nanos.value()))),
                DataType.INTERVAL_NANO);
    }
}
