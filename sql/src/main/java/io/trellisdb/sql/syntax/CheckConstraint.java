package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CHECK (condition). */
public final class CheckConstraint extends TableConstraint {
    private final SqlNode condition;

    public CheckConstraint(SqlParserPos pos, @Nullable SqlIdentifier name, SqlNode condition) {
        super(pos, "CHECK CONSTRAINT", name);
        this.condition = condition;
    }

    public SqlNode condition() {
        return condition;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        unparseInline(writer);
    }

    @Override
    void unparseInline(SqlWriter writer) {
        unparseName(writer);
        writer.keyword("CHECK");
        SqlWriter.Frame frame = writer.startList("(", ")");
        condition.unparse(writer, 0, 0);
        writer.endList(frame);
    }
}
