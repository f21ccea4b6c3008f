package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE [OR REPLACE] VIEW. */
public final class CreateView extends SyntaxCall {
    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<SqlIdentifier> columns;
    private final SqlNode query;

    public CreateView(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            List<SqlIdentifier> columns,
            SqlNode query) {
        super(pos, "CREATE VIEW");
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.columns = List.copyOf(columns);
        this.query = query;
    }

    public boolean replace() {
        return replace;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** The names of the columns; empty where the query names them. */
    public List<SqlIdentifier> columns() {
        return columns;
    }

    public SqlNode query() {
        return query;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(replace ? "CREATE OR REPLACE VIEW" : "CREATE VIEW");
        SqlText.ifNotExists(writer, ifNotExists);
        name.unparse(writer, 0, 0);
        if (!columns.isEmpty()) {
            SqlText.list(writer, columns);
        }
        writer.keyword("AS");
        query.unparse(writer, 0, 0);
    }
}
