package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE {TABLE | CONTAINER}, with elements, with a query, or with names of columns and a query. */
public final class CreateTable extends SyntaxCall {
    /** The kind of container asked for. */
    public enum ContainerKind {
        UNSPECIFIED,
        COLLECTION,
        TIMESERIES
    }

    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<TableElement> elements;
    private final ContainerKind kind;
    private final @Nullable Partitioning partitioning;
    private final List<TableOption> options;
    private final @Nullable SqlNode query;

    public CreateTable(
            SqlParserPos pos,
            boolean ifNotExists,
            SqlIdentifier name,
            List<TableElement> elements,
            ContainerKind kind,
            @Nullable Partitioning partitioning,
            List<TableOption> options,
            @Nullable SqlNode query) {
        super(pos, "CREATE TABLE");
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.elements = List.copyOf(elements);
        this.kind = kind;
        this.partitioning = partitioning;
        this.options = List.copyOf(options);
        this.query = query;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Columns and constraints in the order written; may be empty only with a query. */
    public List<TableElement> elements() {
        return elements;
    }

    public ContainerKind kind() {
        return kind;
    }

    public Optional<Partitioning> partitioning() {
        return Optional.ofNullable(partitioning);
    }

    public List<TableOption> options() {
        return options;
    }

    /** The query of CREATE TABLE … AS. */
    public Optional<SqlNode> query() {
        return Optional.ofNullable(query);
    }

    @Override
    public List<SqlNode> getOperandList() {
        return query == null ? List.of() : List.of(query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("CREATE TABLE");
        SqlText.ifNotExists(writer, ifNotExists);
        name.unparse(writer, 0, 0);
        if (!elements.isEmpty()) {
            SqlText.list(writer, elements);
        }
        if (kind != ContainerKind.UNSPECIFIED) {
            writer.keyword("USING");
            writer.keyword(kind.name());
        }
        if (partitioning != null) {
            partitioning.unparse(writer, 0, 0);
        }
        if (!options.isEmpty()) {
            writer.keyword("WITH");
            SqlText.list(writer, options);
        }
        if (query != null) {
            writer.keyword("AS");
            query.unparse(writer, 0, 0);
        }
    }
}
