package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** One key = value of a WITH or SET list. The key may have dots; the value is a literal or a single word. */
public final class TableOption extends SyntaxCall {
    private final SqlIdentifier key;
    private final SqlNode value;

    public TableOption(SqlParserPos pos, SqlIdentifier key, SqlNode value) {
        super(pos, "OPTION");
        this.key = key;
        this.value = value;
    }

    /** The key as text, its parts joined by dots. */
    public String key() {
        return String.join(".", key.names);
    }

    public SqlNode value() {
        return value;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        key.unparse(writer, 0, 0);
        writer.sep("=");
        value.unparse(writer, 0, 0);
    }
}
