package io.trellisdb.sql.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Every operator and function that a query may use: the standard's operators, those of its functions that are listed here,
 * and Trellis' own. Names are found whatever their case. Immutable.
 */
final class TrellisOperatorTable implements SqlOperatorTable {
    /** The standard's functions that are taken as Calcite defines them. */
    private static final Set<String> STANDARD_FUNCTIONS = Set.of(
            "ABS",
            "CARDINALITY",
            "CAST",
            "CEIL",
            "CHARACTER_LENGTH",
            "CHAR_LENGTH",
            "COALESCE",
            "COUNT",
            "CUME_DIST",
            "DENSE_RANK",
            "EXTRACT",
            "FIRST_VALUE",
            "FLOOR",
            "GROUPING",
            "LAG",
            "LAST_VALUE",
            "LEAD",
            "LOWER",
            "MOD",
            "NTH_VALUE",
            "NTILE",
            "NULLIF",
            "OCTET_LENGTH",
            "OVERLAY",
            "PERCENT_RANK",
            "POSITION",
            "RANK",
            "ROW_NUMBER",
            "SINGLE_VALUE",
            "SUBSTRING",
            "TIMESTAMPADD",
            "TIMESTAMPDIFF",
            "TRIM",
            "UPPER",
            "$SUM0");

    static final TrellisOperatorTable INSTANCE = new TrellisOperatorTable();

    private final List<SqlOperator> operators;
    private final Map<String, List<SqlOperator>> byName;

    private TrellisOperatorTable() {
        List<SqlOperator> all = new ArrayList<>(ScalarOperators.all(STANDARD_FUNCTIONS));
        all.addAll(AggregateOperators.all());
        for (SqlOperator operator : SqlStdOperatorTable.instance().getOperatorList()) {
            if (isTaken(operator)) {
                all.add(operator);
            }
        }
        all.add(ScalarOperators.INTERVAL_NANOS);
        all.add(TimeOperators.PLUS);
        all.add(TimeOperators.MINUS);
        all.add(TimeOperators.EXTRACT);
        all.add(SqlLibraryOperators.ILIKE);
        all.add(SqlLibraryOperators.NOT_ILIKE);
        all.add(SqlLibraryOperators.INFIX_CAST);
        this.operators = List.copyOf(all);
        Map<String, List<SqlOperator>> names = new HashMap<>();
        for (SqlOperator operator : all) {
            names.computeIfAbsent(key(operator.getName()), name -> new ArrayList<>())
                    .add(operator);
        }
        this.byName = Map.copyOf(names);
    }

    private static boolean isTaken(SqlOperator operator) {
        if (operator.equals(SqlStdOperatorTable.PLUS)
                || operator.equals(SqlStdOperatorTable.MINUS)
                || operator.equals(SqlStdOperatorTable.EXTRACT)) {
            return operator.equals(SqlStdOperatorTable.EXTRACT);
        }
        return switch (operator.getSyntax()) {
            case FUNCTION, FUNCTION_STAR, FUNCTION_ID, ORDERED_FUNCTION ->
                STANDARD_FUNCTIONS.contains(operator.getName());
            default -> true;
        };
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        for (SqlOperator operator : byName.getOrDefault(key(Util.last(name.names)), List.of())) {
            if (family(operator.getSyntax()) == family(syntax)) {
                found.add(operator);
            }
        }
    }

    /** All ways of calling a function are one. */
    private static SqlSyntax family(SqlSyntax syntax) {
        return syntax == SqlSyntax.FUNCTION_STAR ? SqlSyntax.FUNCTION : syntax.family;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators;
    }

    /** Names of functions, in lower case, for "did you mean". */
    Set<String> functionNames() {
        Set<String> names = new TreeSet<>();
        for (SqlOperator operator : operators) {
            if (family(operator.getSyntax()) == SqlSyntax.FUNCTION
                    && Character.isLetter(operator.getName().charAt(0))) {
                names.add(operator.getName().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
