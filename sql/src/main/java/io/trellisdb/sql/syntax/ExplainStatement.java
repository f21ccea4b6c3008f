package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** EXPLAIN [ANALYZE] statement; "EXPLAIN PLAN FOR" means the same as plain EXPLAIN. */
public final class ExplainStatement extends SyntaxCall {
    private final boolean analyze;
    private final SqlNode statement;

    public ExplainStatement(SqlParserPos pos, boolean analyze, SqlNode statement) {
        super(pos, "EXPLAIN");
        this.analyze = analyze;
        this.statement = statement;
    }

    /** Whether the statement is run and measured. */
    public boolean analyze() {
        return analyze;
    }

    public SqlNode statement() {
        return statement;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(statement);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(analyze ? "EXPLAIN ANALYZE" : "EXPLAIN");
        statement.unparse(writer, 0, 0);
    }
}
