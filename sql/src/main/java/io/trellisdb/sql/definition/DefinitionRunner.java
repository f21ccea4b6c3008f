package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.syntax.AlterTable;
import io.trellisdb.sql.syntax.CreateDatabase;
import io.trellisdb.sql.syntax.CreateIndex;
import io.trellisdb.sql.syntax.CreateTable;
import io.trellisdb.sql.syntax.CreateView;
import io.trellisdb.sql.syntax.DropStatement;
import io.trellisdb.sql.syntax.SqlText;
import io.trellisdb.sql.syntax.TruncateTable;
import io.trellisdb.sql.write.WritePlan;
import io.trellisdb.sql.write.WritePlanner;
import io.trellisdb.sql.write.WriteRequest;
import io.trellisdb.sql.write.WriteRunner;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** Runs definitions: checks them against the newest catalog image and asks for the change. Safe for all threads. */
public final class DefinitionRunner {
    private final QueryPlanner planner;
    private final WritePlanner writePlanner;
    private final WriteRunner writes;

    public DefinitionRunner(QueryPlanner planner, WritePlanner writePlanner, WriteRunner writes) {
        this.planner = planner;
        this.writePlanner = writePlanner;
        this.writes = writes;
    }

    public static boolean isDefinition(SqlNode statement) {
        return statement instanceof CreateTable
                || statement instanceof CreateIndex
                || statement instanceof CreateView
                || statement instanceof CreateDatabase
                || statement instanceof AlterTable
                || statement instanceof DropStatement
                || statement instanceof TruncateTable;
    }

    /**
     * Runs a definition; the syntax tree is consumed.
     *
     * @throws TrellisException CATALOG_CONFLICT when another change came between: parse and run again
     */
    public DefinitionResult run(SqlNode statement, WriteRequest request) {
        QueryServices services = request.query().services();
        Catalog catalog = services.catalog();
        NameResolver names = new NameResolver(catalog, request.query().database());
        if (statement instanceof CreateTable create) {
            return createTable(create, names, request);
        }
        if (statement instanceof CreateIndex create) {
            return createIndex(create, names, services);
        }
        if (statement instanceof CreateView create) {
            return createView(create, names, services);
        }
        if (statement instanceof CreateDatabase create) {
            return createDatabase(create, names, services);
        }
        if (statement instanceof AlterTable alter) {
            EvaluationContext context = EvaluationContext.of(request.query());
            return new TableChange(planner, names, context, services).run(alter);
        }
        if (statement instanceof DropStatement drop) {
            return new Drops(planner, names, services).run(drop);
        }
        if (statement instanceof TruncateTable truncate) {
            writes.truncate(names.container(truncate.name()), request);
            return DefinitionResult.done("TRUNCATE TABLE");
        }
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "statement is not a definition: " + statement.getKind());
    }

    private DefinitionResult createTable(CreateTable create, NameResolver names, WriteRequest request) {
        NameResolver.QualifiedName name = names.qualify(create.name());
        if (names.findContainer(name).isPresent() || names.findView(name).isPresent()) {
            return exists(create.ifNotExists(), "CREATE TABLE", name, names);
        }
        QueryServices services = request.query().services();
        String querySql = create.query().map(SqlText::of).orElse("");
        List<QueryColumn> columns = create.query()
                .map(query -> planner.describe(query, names.catalog(), names.currentDatabase()))
                .orElse(List.of());
        TableOptions options = TableOptions.read(create.options(), names);
        ColumnBuilder columnBuilder = new ColumnBuilder(planner, names, EvaluationContext.of(request.query()));
        ContainerDescriptor container =
                new TableBuilder(planner, names, columnBuilder, name, create).build(columns, options.values());
        if (options.colocateWith().isPresent() && container.partitioning() instanceof Partitioning.Hash) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "colocate_with needs a table that is not partitioned: " + container.name());
        }
        Catalog after = services.change(
                new CatalogChange.CreateContainer(container, options.colocateWith(), create.ifNotExists()));
        if (!querySql.isEmpty()) {
            fill(name, querySql, after, request);
        }
        return DefinitionResult.done("CREATE TABLE");
    }

    /** CREATE TABLE AS: the table goes again when its rows cannot be written. */
    private void fill(NameResolver.QualifiedName name, String querySql, Catalog catalog, WriteRequest request) {
        String target = quoted(name.database().name()) + "." + quoted(name.name());
        try {
            SqlNode insert = SqlSyntax.parseStatement("INSERT INTO " + target + " " + querySql);
            WritePlan plan = writePlanner.plan(insert, catalog, request.query().database());
            writes.run(plan, request);
        } catch (RuntimeException e) {
            QueryServices services = request.query().services();
            services.catalog()
                    .findContainer(name.database().id(), name.name())
                    .ifPresent(container -> services.change(new CatalogChange.DropContainer(container.id())));
            throw e;
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static DefinitionResult exists(
            boolean allowed, String tag, NameResolver.QualifiedName name, NameResolver names) {
        String message = "relation exists already: " + name.shownIn(names.currentDatabase());
        if (!allowed) {
            throw new TrellisException(ErrorCode.DUPLICATE_TABLE, message);
        }
        return DefinitionResult.passedOver(tag, message + ", skipped");
    }

    private static DefinitionResult createIndex(CreateIndex create, NameResolver names, QueryServices services) {
        ContainerDescriptor container = names.container(create.table());
        if (create.ifNotExists() && create.name().isPresent()) {
            String name = create.name().get().getSimple();
            if (IndexBuilder.takenNames(names.catalog(), container.databaseId()).contains(name)) {
                return DefinitionResult.passedOver("CREATE INDEX", "index exists already: " + name + ", skipped");
            }
        }
        services.change(
                new CatalogChange.CreateIndex(container.id(), IndexBuilder.build(create, container, names.catalog())));
        return DefinitionResult.done("CREATE INDEX");
    }

    private DefinitionResult createView(CreateView create, NameResolver names, QueryServices services) {
        NameResolver.QualifiedName name = names.qualify(create.name());
        boolean viewExists = names.findView(name).isPresent();
        if (names.findContainer(name).isPresent() || viewExists && !create.replace()) {
            return exists(create.ifNotExists(), "CREATE VIEW", name, names);
        }
        services.change(new CatalogChange.CreateView(
                ViewBuilder.build(create, name, names.catalog(), planner), create.replace()));
        return DefinitionResult.done("CREATE VIEW");
    }

    private static DefinitionResult createDatabase(CreateDatabase create, NameResolver names, QueryServices services) {
        String name = create.name().getSimple();
        ColumnBuilder.checkName(name);
        boolean reserved = name.equals(DatabaseDescriptor.INFORMATION_SCHEMA);
        if (reserved || names.catalog().findDatabase(name).isPresent()) {
            String message = "database exists already: " + name;
            if (!create.ifNotExists()) {
                throw new TrellisException(ErrorCode.DUPLICATE_DATABASE, message);
            }
            return DefinitionResult.passedOver("CREATE DATABASE", message + ", skipped");
        }
        services.change(new CatalogChange.CreateDatabase(name, create.ifNotExists()));
        return DefinitionResult.done("CREATE DATABASE");
    }
}
