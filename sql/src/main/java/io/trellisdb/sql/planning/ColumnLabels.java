package io.trellisdb.sql.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.util.Util;

/** Labels of columns without an alias, as PostgreSQL gives them: the function's name, or {@code ?column?}. */
final class ColumnLabels {
    private static final String DERIVED = "EXPR$";
    private static final String NAMELESS = "?column?";

    private ColumnLabels() {}

    static List<String> of(SqlNode query, RelDataType rowType) {
        List<SqlNode> items = items(query);
        List<String> labels = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            boolean derived = field.getName().startsWith(DERIVED);
            boolean known = items.size() == rowType.getFieldCount();
            labels.add(!derived ? field.getName() : known ? label(items.get(field.getIndex())) : NAMELESS);
        }
        return labels;
    }

    private static List<SqlNode> items(SqlNode query) {
        SqlNode node = query;
        while (!(node instanceof SqlSelect select)) {
            if (node instanceof SqlOrderBy order) {
                node = order.query;
            } else if (node instanceof SqlWith with) {
                node = with.body;
            } else if (node instanceof SqlBasicCall set && SqlKind.SET_QUERY.contains(set.getKind())) {
                node = set.operand(0);
            } else {
                return List.of();
            }
        }
        return select.getSelectList();
    }

    private static String label(SqlNode item) {
        if (item instanceof SqlIdentifier identifier) {
            return Util.last(identifier.names);
        }
        if (!(item instanceof SqlCall call)) {
            return NAMELESS;
        }
        return switch (call.getKind()) {
            case AS, CAST, OVER, FILTER, WITHIN_GROUP -> label(call.operand(0));
            case CASE -> "case";
            case FLOOR, CEIL, EXTRACT -> call.getKind().name().toLowerCase(Locale.ROOT);
            default ->
                call.getOperator() instanceof SqlFunction function
                        ? function.getName().toLowerCase(Locale.ROOT)
                        : NAMELESS;
        };
    }
}
