package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** TRUNCATE [TABLE]. */
public final class TruncateTable extends SyntaxCall {
    private final SqlIdentifier name;

    public TruncateTable(SqlParserPos pos, SqlIdentifier name) {
        super(pos, "TRUNCATE TABLE");
        this.name = name;
    }

    public SqlIdentifier name() {
        return name;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("TRUNCATE TABLE");
        name.unparse(writer, 0, 0);
    }
}
