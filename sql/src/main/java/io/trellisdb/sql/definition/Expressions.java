package io.trellisdb.sql.definition;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.SessionValue;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** What may stand in expressions that the catalog keeps. */
final class Expressions {
    private Expressions() {}

    static void refuseParameters(SqlNode node, String what) {
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                throw new TrellisException(ErrorCode.INVALID_DEFINITION, "parameters are not allowed in " + what);
            }
        });
    }

    /** Whether the value depends on more than the row. */
    static boolean readsSession(Expression expression) {
        return expression instanceof SessionValue
                || expression.arguments().stream().anyMatch(Expressions::readsSession);
    }

    /** The expression with the table's name taken off its columns, so that it survives a rename of the table. */
    static SqlNode withoutQualifier(SqlNode node, String table) {
        return rewrite(
                node,
                identifier ->
                        identifier.names.size() == 2 && identifier.names.get(0).equals(table)
                                ? new SqlIdentifier(identifier.names.get(1), identifier.getParserPosition())
                                : identifier);
    }

    static SqlNode renamed(SqlNode node, String column, String newName) {
        return rewrite(
                node,
                identifier -> identifier.isSimple() && identifier.getSimple().equals(column)
                        ? new SqlIdentifier(newName, identifier.getParserPosition())
                        : identifier);
    }

    /** Whether a column is read. */
    static boolean reads(SqlNode node, String column) {
        boolean[] found = {false};
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
                found[0] |= identifier.isSimple() && identifier.getSimple().equals(column);
                return null;
            }
        });
        return found[0];
    }

    private static SqlNode rewrite(SqlNode node, UnaryOperator<SqlIdentifier> change) {
        SqlNode rewritten = node.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier identifier) {
                return change.apply(identifier);
            }
        });
        return rewritten == null ? node : rewritten;
    }
}
