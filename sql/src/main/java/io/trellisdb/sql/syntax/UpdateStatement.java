package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** UPDATE with RETURNING; without it too, so that there is one form. */
public final class UpdateStatement extends SyntaxCall {
    private final SqlUpdate update;
    private final List<SqlNode> returning;

    public UpdateStatement(SqlParserPos pos, SqlUpdate update, List<SqlNode> returning) {
        super(pos, "UPDATE STATEMENT");
        this.update = update;
        this.returning = List.copyOf(returning);
    }

    public SqlUpdate update() {
        return update;
    }

    /** The items of RETURNING; empty without it. */
    public List<SqlNode> returning() {
        return returning;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return SqlText.operands(update, null, returning);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("UPDATE");
        update.getTargetTable().unparse(writer, 0, 0);
        SqlText.alias(writer, update.getAlias());
        writer.keyword("SET");
        SqlText.assignments(writer, update.getTargetColumnList(), update.getSourceExpressionList());
        SqlText.where(writer, update.getCondition());
        SqlText.returning(writer, returning);
    }
}
