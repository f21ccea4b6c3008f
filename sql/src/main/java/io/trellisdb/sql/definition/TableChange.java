package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.naming.Suggestion;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.syntax.AlterAction;
import io.trellisdb.sql.syntax.AlterTable;
import io.trellisdb.sql.syntax.ColumnDefinition;
import io.trellisdb.sql.syntax.KeyConstraint;
import io.trellisdb.sql.syntax.SqlText;
import io.trellisdb.sql.write.Snippets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE of one statement: its actions make one new version of the container. */
final class TableChange {
    private static final String TAG = "ALTER TABLE";

    private final QueryPlanner planner;
    private final NameResolver names;
    private final Catalog catalog;
    private final ColumnBuilder columnBuilder;
    private final QueryServices services;
    private final List<String> notices = new ArrayList<>();

    TableChange(QueryPlanner planner, NameResolver names, EvaluationContext context, QueryServices services) {
        this.planner = planner;
        this.names = names;
        this.catalog = names.catalog();
        this.columnBuilder = new ColumnBuilder(planner, names, context);
        this.services = services;
    }

    DefinitionResult run(AlterTable alter) {
        ContainerDescriptor container;
        try {
            container = names.container(alter.name());
        } catch (TrellisException e) {
            if (!alter.ifExists() || e.code() != ErrorCode.UNKNOWN_TABLE) {
                throw e;
            }
            return DefinitionResult.passedOver(TAG, "table does not exist: " + alter.name() + ", skipped");
        }
        CatalogChange indexChange = indexChange(container, alter.actions());
        if (indexChange != null) {
            services.change(indexChange);
            return new DefinitionResult(TAG, notices);
        }
        ContainerDescriptor changed = container;
        for (AlterAction action : alter.actions()) {
            changed = apply(changed, action);
        }
        if (!changed.equals(container)) {
            ContainerDescriptor next = oneVersionOn(container, changed);
            new Dependents(planner)
                    .refuse(
                            "table cannot be altered: " + container.name(),
                            catalog,
                            catalog.with(catalog.version(), next));
            services.change(new CatalogChange.AlterContainer(next));
        }
        return new DefinitionResult(TAG, notices);
    }

    /** Several actions are one version. */
    private static ContainerDescriptor oneVersionOn(ContainerDescriptor from, ContainerDescriptor changed) {
        return new ContainerDescriptor(
                changed.id(),
                from.version() + 1,
                changed.databaseId(),
                changed.name(),
                changed.kind(),
                changed.columns(),
                changed.primaryKey(),
                changed.indexes(),
                changed.checks(),
                changed.foreignKeys(),
                changed.partitioning(),
                changed.options(),
                changed.nextColumnId());
    }

    /** UNIQUE constraints are indexes, which are built and dropped by changes of their own. */
    private @Nullable CatalogChange indexChange(ContainerDescriptor container, List<AlterAction> actions) {
        for (AlterAction action : actions) {
            CatalogChange change = null;
            if (action instanceof AlterAction.AddConstraint add
                    && add.constraint() instanceof KeyConstraint key
                    && !key.primary()) {
                change = addUnique(container, key);
            } else if (action instanceof AlterAction.DropConstraint drop) {
                change = container
                        .findIndex(drop.constraint().getSimple())
                        .filter(IndexDescriptor::constraint)
                        .map(index -> new CatalogChange.DropIndex(container.id(), index.id()))
                        .orElse(null);
            }
            if (change != null) {
                if (actions.size() > 1) {
                    throw new TrellisException(
                            ErrorCode.NOT_SUPPORTED, "UNIQUE constraints are changed one by one: write it alone");
                }
                return change;
            }
        }
        return null;
    }

    private CatalogChange addUnique(ContainerDescriptor container, KeyConstraint key) {
        List<KeyColumn> columns = IndexBuilder.columns(container.name(), container.columns(), key.columns());
        if (container.partitioning() instanceof Partitioning.Hash hash) {
            IndexBuilder.requirePartitioning("UNIQUE", columns, hash.columnIds(), container.columns());
        }
        String name = key.name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> ConstraintNames.free(
                        IndexBuilder.defaultName(container, columns, "key"),
                        IndexBuilder.takenNames(catalog, container.databaseId())));
        IndexBuilder.requireFreeName(catalog, container, name);
        return new CatalogChange.CreateIndex(
                container.id(), new IndexDescriptor(0, name, true, true, columns, IndexDescriptor.State.WRITE_ONLY));
    }

    private ContainerDescriptor apply(ContainerDescriptor container, AlterAction action) {
        if (action instanceof AlterAction.AddColumn add) {
            return addColumn(container, add);
        }
        if (action instanceof AlterAction.DropColumn drop) {
            return dropColumn(container, drop);
        }
        if (action instanceof AlterAction.RenameColumn rename) {
            return renameColumn(container, rename);
        }
        if (action instanceof AlterAction.RenameTable rename) {
            return renameTable(container, rename);
        }
        if (action instanceof AlterAction.SetOptions options) {
            return setOptions(container, options);
        }
        if (action instanceof AlterAction.ChangeDefault change) {
            return changeDefault(container, change);
        }
        if (action instanceof AlterAction.ChangeNullability change) {
            return changeNullability(container, change);
        }
        if (action instanceof AlterAction.DropConstraint drop) {
            return dropConstraint(container, drop);
        }
        if (action instanceof AlterAction.ChangeType) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "type of a column cannot be changed yet: add a column, copy the values and drop the old one");
        }
        throw new TrellisException(
                ErrorCode.NOT_SUPPORTED,
                "constraint cannot be added to an existing table yet, other than UNIQUE: " + container.name());
    }

    private ContainerDescriptor addColumn(ContainerDescriptor container, AlterAction.AddColumn add) {
        ColumnDefinition definition = add.column();
        String name = definition.name().getSimple();
        if (container.findColumn(name).isPresent()) {
            String message = "column exists already: " + container.name() + "." + name;
            if (add.ifNotExists()) {
                notices.add(message + ", skipped");
                return container;
            }
            throw new TrellisException(ErrorCode.DUPLICATE_COLUMN, message);
        }
        if (!definition.constraints().isEmpty() || definition.identity().isPresent()) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "column with a key, a constraint or an identity cannot be added to an existing table yet: " + name);
        }
        if (container.columns().size() == ContainerDescriptor.MAX_COLUMNS) {
            throw new TrellisException(
                    ErrorCode.TOO_MANY_COLUMNS,
                    "table has too many columns: at most " + ContainerDescriptor.MAX_COLUMNS);
        }
        DataType type =
                ColumnTypes.of(List.of(definition.type()), planner, names).get(0);
        ColumnDescriptor built = columnBuilder.build(container.nextColumnId(), definition, type, false);
        String defaultSql = built.defaultSql();
        Object absent = defaultSql == null ? null : columnBuilder.defaultValue(defaultSql, type);
        if (absent == null && !built.nullable()) {
            throw new TrellisException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "column that does not allow NULL needs a DEFAULT for the rows that exist: " + name);
        }
        List<ColumnDescriptor> columns = new ArrayList<>(container.columns());
        columns.add(new ColumnDescriptor(built.id(), name, type, built.nullable(), built.defaultSql(), absent, null));
        return container.change().columns(columns, container.nextColumnId() + 1).build();
    }

    private ContainerDescriptor dropColumn(ContainerDescriptor container, AlterAction.DropColumn drop) {
        String name = drop.column().getSimple();
        if (drop.ifExists() && container.findColumn(name).isEmpty()) {
            notices.add("column does not exist: " + container.name() + "." + name + ", skipped");
            return container;
        }
        ColumnDescriptor column = container.columns().get(NameResolver.column(container, name));
        refuseUsed(container, column);
        if (container.columns().size() == 1) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "only column of a table cannot be dropped: " + name);
        }
        List<ColumnDescriptor> columns = new ArrayList<>(container.columns());
        columns.remove(column);
        return container.change().columns(columns, container.nextColumnId()).build();
    }

    private static void refuseUsed(ContainerDescriptor container, ColumnDescriptor column) {
        List<String> users = new ArrayList<>();
        if (container.primaryKey().stream().anyMatch(key -> key.columnId() == column.id())) {
            users.add("the primary key");
        }
        if (container.partitioning() instanceof Partitioning.Hash hash
                && hash.columnIds().contains(column.id())) {
            users.add("the partitioning");
        }
        for (IndexDescriptor index : container.indexes()) {
            if (index.columns().stream().anyMatch(key -> key.columnId() == column.id())) {
                users.add("index " + index.name());
            }
        }
        for (CheckDescriptor check : container.checks()) {
            if (Expressions.reads(Snippets.expression(check.conditionSql()), column.name())) {
                users.add("check " + check.name());
            }
        }
        for (ForeignKeyDescriptor key : container.foreignKeys()) {
            if (key.columns().contains(column.name())) {
                users.add("foreign key " + key.name());
            }
        }
        if (!users.isEmpty()) {
            throw new TrellisException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "column cannot be dropped, because it is used: " + container.name() + "." + column.name() + " by "
                            + String.join(", ", users));
        }
    }

    private static ContainerDescriptor renameColumn(ContainerDescriptor container, AlterAction.RenameColumn rename) {
        String name = rename.column().getSimple();
        String newName = rename.newName().getSimple();
        ColumnBuilder.checkName(newName);
        int index = NameResolver.column(container, name);
        if (container.findColumn(newName).isPresent()) {
            throw new TrellisException(
                    ErrorCode.DUPLICATE_COLUMN, "column exists already: " + container.name() + "." + newName);
        }
        for (ForeignKeyDescriptor key : container.foreignKeys()) {
            if (key.columns().contains(name)) {
                throw new TrellisException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "column cannot be renamed, because a foreign key names it: " + name + ", " + key.name());
            }
        }
        List<ColumnDescriptor> columns = new ArrayList<>(container.columns());
        columns.set(index, columns.get(index).renamed(newName));
        List<CheckDescriptor> checks = new ArrayList<>();
        for (CheckDescriptor check : container.checks()) {
            checks.add(new CheckDescriptor(
                    check.name(),
                    SqlText.of(Expressions.renamed(Snippets.expression(check.conditionSql()), name, newName))));
        }
        return container
                .change()
                .columns(columns, container.nextColumnId())
                .checks(checks)
                .build();
    }

    private ContainerDescriptor renameTable(ContainerDescriptor container, AlterAction.RenameTable rename) {
        if (!rename.newName().isSimple()) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "table cannot be moved to another database: " + rename.newName());
        }
        String newName = rename.newName().getSimple();
        ColumnBuilder.checkName(newName);
        if (catalog.relationNames(container.databaseId()).contains(newName)) {
            throw new TrellisException(ErrorCode.DUPLICATE_TABLE, "relation exists already: " + newName);
        }
        return container.change().name(newName).build();
    }

    private ContainerDescriptor setOptions(ContainerDescriptor container, AlterAction.SetOptions options) {
        TableOptions read = TableOptions.read(options.options(), names);
        if (read.colocateWith().isPresent()) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "option cannot be changed after the table was created: " + TableOptions.COLOCATE_WITH);
        }
        Map<String, String> values = new TreeMap<>(container.options());
        values.putAll(read.values());
        return container.change().options(values).build();
    }

    private static ContainerDescriptor withColumn(ContainerDescriptor container, int index, ColumnDescriptor column) {
        List<ColumnDescriptor> columns = new ArrayList<>(container.columns());
        columns.set(index, column);
        return container.change().columns(columns, container.nextColumnId()).build();
    }

    private ContainerDescriptor changeDefault(ContainerDescriptor container, AlterAction.ChangeDefault change) {
        int index = NameResolver.column(container, change.column().getSimple());
        ColumnDescriptor column = container.columns().get(index);
        if (column.identity() != null) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "column cannot have both a DEFAULT and an identity: " + column.name());
        }
        String sql = change.value() == null ? null : columnBuilder.defaultSql(change.value(), column.type());
        return withColumn(
                container,
                index,
                new ColumnDescriptor(
                        column.id(), column.name(), column.type(), column.nullable(), sql, column.absentValue(), null));
    }

    private static ContainerDescriptor changeNullability(
            ContainerDescriptor container, AlterAction.ChangeNullability change) {
        int index = NameResolver.column(container, change.column().getSimple());
        ColumnDescriptor column = container.columns().get(index);
        if (change.notNull() && column.nullable()) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "NOT NULL cannot be added to an existing column yet: " + column.name());
        }
        boolean inKey = container.primaryKey().stream().anyMatch(key -> key.columnId() == column.id());
        if (!change.notNull() && (inKey || column.identity() != null)) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "column of the primary key or with an identity cannot allow NULL: " + column.name());
        }
        return withColumn(
                container,
                index,
                new ColumnDescriptor(
                        column.id(),
                        column.name(),
                        column.type(),
                        !change.notNull(),
                        column.defaultSql(),
                        column.absentValue(),
                        column.identity()));
    }

    private ContainerDescriptor dropConstraint(ContainerDescriptor container, AlterAction.DropConstraint drop) {
        String name = drop.constraint().getSimple();
        List<CheckDescriptor> left = container.checks().stream()
                .filter(check -> !check.name().equals(name))
                .toList();
        if (left.size() < container.checks().size()) {
            return container.change().checks(left).build();
        }
        if (container.foreignKeys().stream().anyMatch(key -> key.name().equals(name))) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "foreign key cannot be dropped yet: " + name);
        }
        if (name.equals(container.name() + "_pkey") && container.hasPrimaryKey()) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "primary key cannot be dropped: " + name);
        }
        String message = "constraint does not exist: " + name;
        if (drop.ifExists()) {
            notices.add(message + ", skipped");
            return container;
        }
        List<String> known =
                container.checks().stream().map(CheckDescriptor::name).toList();
        throw new TrellisException(ErrorCode.UNKNOWN_OBJECT, message + Suggestion.didYouMean(name, known));
    }
}
