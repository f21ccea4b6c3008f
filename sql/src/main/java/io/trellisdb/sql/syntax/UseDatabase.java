package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** USE database. */
public final class UseDatabase extends SyntaxCall {
    private final SqlIdentifier database;

    public UseDatabase(SqlParserPos pos, SqlIdentifier database) {
        super(pos, "USE");
        this.database = database;
    }

    public SqlIdentifier database() {
        return database;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("USE");
        database.unparse(writer, 0, 0);
    }
}
