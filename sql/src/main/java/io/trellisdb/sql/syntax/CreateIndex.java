package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE [UNIQUE] INDEX. */
public final class CreateIndex extends SyntaxCall {
    private final boolean unique;
    private final boolean ifNotExists;
    private final @Nullable SqlIdentifier name;
    private final SqlIdentifier table;
    private final List<IndexColumn> columns;
    private final List<TableOption> options;

    public CreateIndex(
            SqlParserPos pos,
            boolean unique,
            boolean ifNotExists,
            @Nullable SqlIdentifier name,
            SqlIdentifier table,
            List<IndexColumn> columns,
            List<TableOption> options) {
        super(pos, "CREATE INDEX");
        this.unique = unique;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.table = table;
        this.columns = List.copyOf(columns);
        this.options = List.copyOf(options);
    }

    public boolean unique() {
        return unique;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    /** Empty where the name is left to the system. */
    public Optional<SqlIdentifier> name() {
        return Optional.ofNullable(name);
    }

    public SqlIdentifier table() {
        return table;
    }

    public List<IndexColumn> columns() {
        return columns;
    }

    public List<TableOption> options() {
        return options;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX");
        SqlText.ifNotExists(writer, ifNotExists);
        if (name != null) {
            name.unparse(writer, 0, 0);
        }
        writer.keyword("ON");
        table.unparse(writer, 0, 0);
        SqlText.list(writer, columns);
        if (!options.isEmpty()) {
            writer.keyword("WITH");
            SqlText.list(writer, options);
        }
    }
}
