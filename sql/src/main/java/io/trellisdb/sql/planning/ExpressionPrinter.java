package io.trellisdb.sql.planning;

import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.expression.SessionValue;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Expressions as EXPLAIN shows them: close to SQL, columns by name. */
final class ExpressionPrinter {
    private static final Set<String> INFIX = Set.of(
            "+",
            "-",
            "*",
            "/",
            "=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "AND",
            "OR",
            "||",
            "LIKE",
            "ILIKE",
            "IS DISTINCT FROM",
            "IS NOT DISTINCT FROM");
    private static final int SHOWN_VALUES = 5;

    private final List<OutputColumn> columns;

    ExpressionPrinter(List<OutputColumn> columns) {
        this.columns = columns;
    }

    String print(Expression expression) {
        return print(expression, false);
    }

    private String print(Expression expression, boolean nested) {
        if (expression instanceof ColumnRef column) {
            return column(column.index());
        }
        if (expression instanceof Literal literal) {
            return value(literal.value());
        }
        if (expression instanceof Parameter parameter) {
            return "?" + (parameter.index() + 1);
        }
        if (expression instanceof OuterRef outer) {
            return "outer" + outer.correlationId() + "." + outer.index();
        }
        if (expression instanceof SessionValue session) {
            return session.kind().name();
        }
        if (expression instanceof Cast cast) {
            return "CAST(" + print(cast.argument()) + " AS " + cast.type() + ")";
        }
        if (expression instanceof InSet set) {
            return print(set.argument(), true) + (set.negated() ? " NOT IN " : " IN ") + values(set);
        }
        if (expression instanceof Case choice) {
            return choice(choice);
        }
        return call((Call) expression, nested);
    }

    private String column(int index) {
        return index < columns.size() ? columns.get(index).name() : "#" + index;
    }

    private static String values(InSet set) {
        StringJoiner list = new StringJoiner(", ", "(", ")");
        set.values().stream().limit(SHOWN_VALUES).forEach(value -> list.add(value(value)));
        if (set.values().size() > SHOWN_VALUES) {
            list.add("… " + set.values().size() + " values");
        }
        if (set.hasNull()) {
            list.add("NULL");
        }
        return list.toString();
    }

    static String value(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString().toUpperCase(Locale.ROOT)
                : "'" + value.toString().replace("'", "''") + "'";
    }

    private String choice(Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        for (Case.Branch branch : choice.branches()) {
            text.append(" WHEN ")
                    .append(print(branch.condition()))
                    .append(" THEN ")
                    .append(print(branch.value()));
        }
        return text.append(" ELSE ")
                .append(print(choice.otherwise()))
                .append(" END")
                .toString();
    }

    private String call(Call call, boolean nested) {
        String function = call.function();
        boolean chain = function.equals("AND") || function.equals("OR");
        if (INFIX.contains(function) && (call.arguments().size() == 2 || chain)) {
            StringJoiner parts = new StringJoiner(" " + function + " ", nested ? "(" : "", nested ? ")" : "");
            call.arguments().forEach(argument -> parts.add(print(argument, true)));
            return parts.toString();
        }
        if (function.startsWith("IS ") && call.arguments().size() == 1) {
            return print(call.arguments().get(0), true) + " " + function;
        }
        if (function.equals("NOT")) {
            return "NOT (" + print(call.arguments().get(0)) + ")";
        }
        StringJoiner parts = new StringJoiner(", ", function + "(", ")");
        call.arguments().forEach(argument -> parts.add(print(argument)));
        return parts.toString();
    }
}
