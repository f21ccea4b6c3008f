package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A column of a key or an index with its direction. */
public final class IndexColumn extends SyntaxCall {
    private final SqlIdentifier column;
    private final boolean descending;

    public IndexColumn(SqlParserPos pos, SqlIdentifier column, boolean descending) {
        super(pos, "INDEX COLUMN");
        this.column = column;
        this.descending = descending;
    }

    public SqlIdentifier column() {
        return column;
    }

    public boolean descending() {
        return descending;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        column.unparse(writer, 0, 0);
        if (descending) {
            writer.keyword("DESC");
        }
    }
}
