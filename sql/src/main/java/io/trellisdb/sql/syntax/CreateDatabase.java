package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE {DATABASE | SCHEMA}. */
public final class CreateDatabase extends SyntaxCall {
    private final boolean ifNotExists;
    private final SqlIdentifier name;

    public CreateDatabase(SqlParserPos pos, boolean ifNotExists, SqlIdentifier name) {
        super(pos, "CREATE DATABASE");
        this.ifNotExists = ifNotExists;
        this.name = name;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("CREATE DATABASE");
        SqlText.ifNotExists(writer, ifNotExists);
        name.unparse(writer, 0, 0);
    }
}
