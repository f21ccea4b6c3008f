package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** PRIMARY KEY or UNIQUE over columns. */
public final class KeyConstraint extends TableConstraint {
    private final boolean primary;
    private final List<IndexColumn> columns;

    public KeyConstraint(SqlParserPos pos, @Nullable SqlIdentifier name, boolean primary, List<IndexColumn> columns) {
        super(pos, "KEY CONSTRAINT", name);
        this.primary = primary;
        this.columns = List.copyOf(columns);
    }

    /** Whether this is the primary key; otherwise a unique constraint. */
    public boolean primary() {
        return primary;
    }

    public List<IndexColumn> columns() {
        return columns;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        unparseInline(writer);
        SqlText.list(writer, columns);
    }

    @Override
    void unparseInline(SqlWriter writer) {
        unparseName(writer);
        writer.keyword(primary ? "PRIMARY KEY" : "UNIQUE");
    }
}
