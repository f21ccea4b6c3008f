package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {DESCRIBE | DESC} table. */
public final class DescribeTable extends SyntaxCall {
    private final SqlIdentifier table;

    public DescribeTable(SqlParserPos pos, SqlIdentifier table) {
        super(pos, "DESCRIBE");
        this.table = table;
    }

    public SqlIdentifier table() {
        return table;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("DESCRIBE");
        table.unparse(writer, 0, 0);
    }
}
