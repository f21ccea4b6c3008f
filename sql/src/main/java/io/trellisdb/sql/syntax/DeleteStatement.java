package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** DELETE with RETURNING; without it too, so that there is one form. */
public final class DeleteStatement extends SyntaxCall {
    private final SqlDelete delete;
    private final List<SqlNode> returning;

    public DeleteStatement(SqlParserPos pos, SqlDelete delete, List<SqlNode> returning) {
        super(pos, "DELETE STATEMENT");
        this.delete = delete;
        this.returning = List.copyOf(returning);
    }

    public SqlDelete delete() {
        return delete;
    }

    /** The items of RETURNING; empty without it. */
    public List<SqlNode> returning() {
        return returning;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return SqlText.operands(delete, null, returning);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("DELETE FROM");
        delete.getTargetTable().unparse(writer, 0, 0);
        SqlText.alias(writer, delete.getAlias());
        SqlText.where(writer, delete.getCondition());
        SqlText.returning(writer, returning);
    }
}
