package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.syntax.DistinctOn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** DISTINCT ON as the rows whose number within their group, in the query's order, is 1. */
final class FirstRows {
    private FirstRows() {}

    /** The condition that a row's number within its group is 1. */
    static SqlNode isFirst(SqlParserPos pos, SqlNodeList partition, SqlNodeList order) {
        SqlNode window = SqlWindow.create(
                null,
                null,
                partition,
                order,
                SqlLiteral.createBoolean(false, pos),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(pos),
                pos);
        SqlNode number =
                SqlStdOperatorTable.OVER.createCall(pos, SqlStdOperatorTable.ROW_NUMBER.createCall(pos), window);
        return SqlStdOperatorTable.EQUALS.createCall(pos, number, SqlLiteral.createExactNumeric("1", pos));
    }

    /**
     * The SELECT without its DISTINCT ON.
     *
     * @param order the query's ORDER BY; its first items must be the clause's expressions
     */
    static SqlSelect rewrite(SqlSelect select, DistinctOn clause, @Nullable SqlNodeList order) {
        SqlParserPos pos = clause.getParserPosition();
        if (select.getQualify() != null) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "DISTINCT ON with QUALIFY is not supported");
        }
        List<SqlNode> keys =
                clause.keys().stream().map(key -> meant(key, select)).toList();
        List<SqlNode> behind = new ArrayList<>();
        for (SqlNode item : order == null ? List.<SqlNode>of() : order) {
            SqlNode meant = meant(item, select);
            boolean isKey = keys.stream().anyMatch(key -> key.equalsDeep(plain(meant), Litmus.IGNORE));
            if (!isKey && behind.isEmpty() && order != null && order.indexOf(item) < keys.size()) {
                throw new TrellisException(
                        ErrorCode.INVALID_COLUMN_REFERENCE, "ORDER BY must begin with the expressions of DISTINCT ON");
            }
            if (!isKey) {
                behind.add(meant);
            }
        }
        return new SqlSelect(
                select.getParserPosition(),
                null,
                select.getSelectList(),
                select.getFrom(),
                select.getWhere(),
                select.getGroup(),
                select.getHaving(),
                select.getWindowList(),
                isFirst(pos, new SqlNodeList(keys, pos), new SqlNodeList(behind, pos)),
                select.getOrderList(),
                select.getOffset(),
                select.getFetch(),
                select.getHints());
    }

    /** The item without its direction. */
    private static SqlNode plain(SqlNode item) {
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> plain(((SqlCall) item).operand(0));
            default -> item;
        };
    }

    /** An item of ORDER BY with the expression that its number or alias stands for. */
    private static SqlNode meant(SqlNode item, SqlSelect select) {
        if (item instanceof SqlCall call
                && (call.getKind() == SqlKind.DESCENDING
                        || call.getKind() == SqlKind.NULLS_FIRST
                        || call.getKind() == SqlKind.NULLS_LAST)) {
            return call.getOperator().createCall(call.getParserPosition(), meant(call.operand(0), select));
        }
        List<SqlNode> items = select.getSelectList();
        if (item instanceof SqlNumericLiteral number && number.isInteger()) {
            BigDecimal position = number.bigDecimalValue();
            int index = position == null ? 0 : position.intValue();
            if (items.stream().anyMatch(FirstRows::isStar)) {
                throw new TrellisException(
                        ErrorCode.NOT_SUPPORTED, "ORDER BY of a position with DISTINCT ON and * is not supported");
            }
            if (index >= 1 && index <= items.size()) {
                return withoutAlias(items.get(index - 1));
            }
        }
        if (item instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode each : items) {
                if (each.getKind() == SqlKind.AS
                        && ((SqlIdentifier) ((SqlCall) each).operand(1))
                                .getSimple()
                                .equals(name.getSimple())) {
                    return withoutAlias(each);
                }
            }
        }
        return item;
    }

    private static boolean isStar(SqlNode item) {
        return item instanceof SqlIdentifier name && name.isStar();
    }

    private static SqlNode withoutAlias(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }
}
