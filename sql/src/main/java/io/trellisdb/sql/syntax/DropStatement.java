package io.trellisdb.sql.syntax;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** DROP {TABLE | VIEW | INDEX | DATABASE}. */
public final class DropStatement extends SyntaxCall {
    /** What is dropped. */
    public enum Target {
        TABLE,
        VIEW,
        INDEX,
        DATABASE
    }

    private final Target target;
    private final boolean ifExists;
    private final SqlIdentifier name;
    private final @Nullable SqlIdentifier table;
    private final boolean cascade;

    public DropStatement(
            SqlParserPos pos,
            Target target,
            boolean ifExists,
            SqlIdentifier name,
            @Nullable SqlIdentifier table,
            boolean cascade) {
        super(pos, "DROP");
        this.target = target;
        this.ifExists = ifExists;
        this.name = name;
        this.table = table;
        this.cascade = cascade;
    }

    public Target target() {
        return target;
    }

    public boolean ifExists() {
        return ifExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** The table named by DROP INDEX … ON. */
    public Optional<SqlIdentifier> table() {
        return Optional.ofNullable(table);
    }

    /** Whether CASCADE is written; otherwise RESTRICT holds. */
    public boolean cascade() {
        return cascade;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("DROP");
        writer.keyword(target.name());
        SqlText.ifExists(writer, ifExists);
        name.unparse(writer, 0, 0);
        if (table != null) {
            writer.keyword("ON");
            table.unparse(writer, 0, 0);
        }
        if (cascade) {
            writer.keyword("CASCADE");
        }
    }
}
