package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** FOREIGN KEY (columns) REFERENCES table [(columns)] [NOT ENFORCED]. */
public final class ForeignKeyConstraint extends TableConstraint {
    private final List<SqlIdentifier> columns;
    private final SqlIdentifier references;
    private final List<SqlIdentifier> referencedColumns;
    private final boolean enforced;

    public ForeignKeyConstraint(
            SqlParserPos pos,
            @Nullable SqlIdentifier name,
            List<SqlIdentifier> columns,
            SqlIdentifier references,
            List<SqlIdentifier> referencedColumns,
            boolean enforced) {
        super(pos, "FOREIGN KEY CONSTRAINT", name);
        this.columns = List.copyOf(columns);
        this.references = references;
        this.referencedColumns = List.copyOf(referencedColumns);
        this.enforced = enforced;
    }

    public List<SqlIdentifier> columns() {
        return columns;
    }

    /** The table referred to. */
    public SqlIdentifier references() {
        return references;
    }

    /** The columns referred to; empty means that table's primary key. */
    public List<SqlIdentifier> referencedColumns() {
        return referencedColumns;
    }

    /** False only where NOT ENFORCED is written. */
    public boolean enforced() {
        return enforced;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        unparseName(writer);
        writer.keyword("FOREIGN KEY");
        SqlText.list(writer, columns);
        unparseReference(writer);
    }

    @Override
    void unparseInline(SqlWriter writer) {
        unparseName(writer);
        unparseReference(writer);
    }

    private void unparseReference(SqlWriter writer) {
        writer.keyword("REFERENCES");
        references.unparse(writer, 0, 0);
        if (!referencedColumns.isEmpty()) {
            SqlText.list(writer, referencedColumns);
        }
        if (!enforced) {
            writer.keyword("NOT ENFORCED");
        }
    }
}
