package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** KILL [SESSION | QUERY] id. */
public final class KillStatement extends SyntaxCall {
    /** Whether the session ends or only what it runs. */
    public enum Target {
        SESSION,
        QUERY
    }

    private final Target target;
    private final SqlNode id;

    public KillStatement(SqlParserPos pos, Target target, SqlNode id) {
        super(pos, "KILL");
        this.target = target;
        this.id = id;
    }

    public Target target() {
        return target;
    }

    /** The id: a string or number literal, or a parameter. */
    public SqlNode id() {
        return id;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(id);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("KILL");
        writer.keyword(target.name());
        id.unparse(writer, 0, 0);
    }
}
