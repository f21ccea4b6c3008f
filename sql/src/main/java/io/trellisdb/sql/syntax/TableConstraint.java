package io.trellisdb.sql.syntax;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A constraint of a table. One written behind a column has the same form as one written for the table, with that column
 * as its only column.
 */
public abstract sealed class TableConstraint extends TableElement
        permits KeyConstraint, CheckConstraint, ForeignKeyConstraint {
    private final @Nullable SqlIdentifier name;

    TableConstraint(SqlParserPos pos, String kind, @Nullable SqlIdentifier name) {
        super(pos, kind);
        this.name = name;
    }

    /** The name given with CONSTRAINT, if any. */
    public final Optional<SqlIdentifier> name() {
        return Optional.ofNullable(name);
    }

    /** Writes the constraint as it stands behind its column. */
    abstract void unparseInline(SqlWriter writer);

    final void unparseName(SqlWriter writer) {
        SqlText.constraintName(writer, name);
    }
}
