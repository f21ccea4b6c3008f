package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.planning.RowScope;
import io.trellisdb.sql.syntax.CheckConstraint;
import io.trellisdb.sql.syntax.ColumnDefinition;
import io.trellisdb.sql.syntax.CreateTable;
import io.trellisdb.sql.syntax.ForeignKeyConstraint;
import io.trellisdb.sql.syntax.IndexColumn;
import io.trellisdb.sql.syntax.KeyConstraint;
import io.trellisdb.sql.syntax.SqlText;
import io.trellisdb.sql.syntax.TableConstraint;
import io.trellisdb.sql.syntax.TableElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** Makes the descriptor of a new table. Confined to one statement. */
final class TableBuilder {
    private final QueryPlanner planner;
    private final NameResolver names;
    private final ColumnBuilder columnBuilder;
    private final NameResolver.QualifiedName name;
    private final CreateTable statement;
    private final List<TableConstraint> constraints = new ArrayList<>();
    private final List<ColumnDescriptor> columns = new ArrayList<>();
    private final List<KeyColumn> primaryKey = new ArrayList<>();
    private final ConstraintNames constraintNames = new ConstraintNames();

    TableBuilder(
            QueryPlanner planner,
            NameResolver names,
            ColumnBuilder columnBuilder,
            NameResolver.QualifiedName name,
            CreateTable statement) {
        this.planner = planner;
        this.names = names;
        this.columnBuilder = columnBuilder;
        this.name = name;
        this.statement = statement;
    }

    /** @param queryColumns of CREATE TABLE AS, else empty */
    ContainerDescriptor build(List<QueryColumn> queryColumns, Map<String, String> options) {
        ColumnBuilder.checkName(name.name());
        collectColumns(queryColumns);
        Partitioning partitioning = partitioning();
        ContainerKind kind = kind();
        ContainerDescriptor draft = descriptor(kind, partitioning, List.of(), List.of(), List.of(), options);
        List<IndexDescriptor> indexes = new ArrayList<>();
        List<CheckDescriptor> checks = new ArrayList<>();
        List<ForeignKeyDescriptor> foreignKeys = new ArrayList<>();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof KeyConstraint key && !key.primary()) {
                indexes.add(unique(draft, key));
            } else if (constraint instanceof CheckConstraint check) {
                checks.add(check(draft, check));
            } else if (constraint instanceof ForeignKeyConstraint foreignKey) {
                foreignKeys.add(foreignKey(draft, foreignKey));
            }
        }
        return descriptor(kind, partitioning, indexes, checks, foreignKeys, options);
    }

    private ContainerDescriptor descriptor(
            ContainerKind kind,
            Partitioning partitioning,
            List<IndexDescriptor> indexes,
            List<CheckDescriptor> checks,
            List<ForeignKeyDescriptor> foreignKeys,
            Map<String, String> options) {
        return new ContainerDescriptor(
                0,
                1,
                name.database().id(),
                name.name(),
                kind,
                columns,
                primaryKey,
                indexes,
                checks,
                foreignKeys,
                partitioning,
                options,
                columns.size() + 1);
    }

    private void collectColumns(List<QueryColumn> queryColumns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (TableElement element : statement.elements()) {
            if (element instanceof ColumnDefinition definition) {
                definitions.add(definition);
                constraints.addAll(definition.constraints());
            } else if (element instanceof TableConstraint constraint) {
                constraints.add(constraint);
            }
        }
        if (definitions.isEmpty()) {
            addQueryColumns(queryColumns);
        } else {
            if (!queryColumns.isEmpty() && queryColumns.size() != definitions.size()) {
                throw new TrellisException(
                        ErrorCode.INVALID_TABLE_DEFINITION,
                        "query has another number of columns than the table: " + queryColumns.size() + ", "
                                + definitions.size());
            }
            addColumns(definitions);
        }
        checkColumns();
        keyColumns();
    }

    private void addColumns(List<ColumnDefinition> definitions) {
        List<DataType> types =
                ColumnTypes.of(definitions.stream().map(ColumnDefinition::type).toList(), planner, names);
        Set<String> inKey = keyNames();
        for (int i = 0; i < definitions.size(); i++) {
            ColumnDefinition definition = definitions.get(i);
            boolean isKey = inKey.contains(definition.name().getSimple());
            columns.add(columnBuilder.build(i + 1, definition, types.get(i), isKey));
        }
    }

    private void addQueryColumns(List<QueryColumn> queryColumns) {
        Set<String> inKey = keyNames();
        for (QueryColumn column : queryColumns) {
            ColumnBuilder.checkName(column.label().startsWith("$") ? "" : column.label());
            DataType type = column.type().kind() == TypeKind.NULL ? DataType.VARCHAR : column.type();
            columns.add(ColumnDescriptor.of(columns.size() + 1, column.label(), type, !inKey.contains(column.label())));
        }
    }

    private Set<String> keyNames() {
        Set<String> inKey = new HashSet<>();
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof KeyConstraint key && key.primary()) {
                key.columns().forEach(column -> inKey.add(column.column().getSimple()));
            }
        }
        return inKey;
    }

    private void checkColumns() {
        if (columns.isEmpty()) {
            throw new TrellisException(ErrorCode.INVALID_TABLE_DEFINITION, "table has no columns: " + name.name());
        }
        if (columns.size() > ContainerDescriptor.MAX_COLUMNS) {
            throw new TrellisException(
                    ErrorCode.TOO_MANY_COLUMNS,
                    "table has too many columns: " + columns.size() + ", at most " + ContainerDescriptor.MAX_COLUMNS);
        }
        Set<String> seen = new HashSet<>();
        for (ColumnDescriptor column : columns) {
            if (!seen.add(column.name())) {
                throw new TrellisException(ErrorCode.DUPLICATE_COLUMN, "column is defined twice: " + column.name());
            }
        }
    }

    private void keyColumns() {
        boolean found = false;
        for (TableConstraint constraint : constraints) {
            if (constraint instanceof KeyConstraint key && key.primary()) {
                if (found) {
                    throw new TrellisException(
                            ErrorCode.INVALID_TABLE_DEFINITION, "table has two primary keys: " + name.name());
                }
                found = true;
                primaryKey.addAll(IndexBuilder.columns(name.name(), columns, key.columns()));
            }
        }
    }

    private Partitioning partitioning() {
        Optional<io.trellisdb.sql.syntax.Partitioning> clause = statement.partitioning();
        if (clause.isEmpty()) {
            return new Partitioning.Whole(-1);
        }
        if (!(clause.get() instanceof io.trellisdb.sql.syntax.Partitioning.ByHash hash)) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "PARTITION BY RANGE is not supported yet");
        }
        List<IndexColumn> named = hash.columns().stream()
                .map(column -> new IndexColumn(column.getParserPosition(), column, false))
                .toList();
        List<Integer> ids = IndexBuilder.columns(name.name(), columns, named).stream()
                .map(KeyColumn::columnId)
                .toList();
        if (!primaryKey.isEmpty()) {
            IndexBuilder.requirePartitioning("PRIMARY KEY", primaryKey, ids, columns);
        }
        return new Partitioning.Hash(ids);
    }

    private ContainerKind kind() {
        if (statement.kind() != CreateTable.ContainerKind.TIMESERIES) {
            return ContainerKind.COLLECTION;
        }
        String rule = "time series needs a primary key that ends with a TIMESTAMP(3), (6) or (9) column: ";
        if (primaryKey.isEmpty()) {
            throw new TrellisException(ErrorCode.INVALID_TABLE_DEFINITION, rule + name.name());
        }
        KeyColumn last = primaryKey.get(primaryKey.size() - 1);
        ColumnDescriptor time = columns.get(last.columnId() - 1);
        int precision = time.type().precision();
        boolean isTime =
                time.type().kind() == TypeKind.TIMESTAMP && (precision == 3 || precision == 6 || precision == 9);
        if (!isTime) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION, rule + name.name() + "." + time.name() + " " + time.type());
        }
        if (primaryKey.stream().anyMatch(KeyColumn::descending)) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "key of a time series cannot be descending: " + name.name());
        }
        if (partitioning() instanceof Partitioning.Hash hash && hash.columnIds().contains(time.id())) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "time series cannot be partitioned by its time, since rows of a series stay together: "
                            + time.name());
        }
        return ContainerKind.TIME_SERIES;
    }

    private IndexDescriptor unique(ContainerDescriptor draft, KeyConstraint key) {
        List<KeyColumn> keyColumns = IndexBuilder.columns(name.name(), columns, key.columns());
        if (draft.partitioning() instanceof Partitioning.Hash hash) {
            IndexBuilder.requirePartitioning("UNIQUE", keyColumns, hash.columnIds(), columns);
        }
        String indexName = key.name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> constraintNames.free(IndexBuilder.defaultName(draft, keyColumns, "key")));
        constraintNames.add(indexName);
        IndexBuilder.requireFreeName(names.catalog(), draft, indexName);
        return new IndexDescriptor(0, indexName, true, true, keyColumns, IndexDescriptor.State.PUBLIC);
    }

    private CheckDescriptor check(ContainerDescriptor draft, CheckConstraint check) {
        String checkName = check.name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> constraintNames.free(draft.name() + "_check"));
        constraintNames.add(checkName);
        SqlNode condition = Expressions.withoutQualifier(check.condition(), draft.name());
        Expressions.refuseParameters(condition, "CHECK");
        String sql = SqlText.of(condition);
        QueryPlanner.BoundScalar bound = planner.bindScalar(
                condition,
                names.catalog(),
                names.currentDatabase(),
                List.of(RowScope.of(draft.name(), draft)),
                Optional.empty());
        if (bound.type().kind() != TypeKind.BOOLEAN) {
            throw new TrellisException(ErrorCode.TYPE_MISMATCH, "CHECK is not a condition: " + sql);
        }
        if (Expressions.readsSession(bound.expression())) {
            throw new TrellisException(ErrorCode.INVALID_DEFINITION, "CHECK may depend on the row alone: " + sql);
        }
        return new CheckDescriptor(checkName, sql);
    }

    private ForeignKeyDescriptor foreignKey(ContainerDescriptor draft, ForeignKeyConstraint key) {
        if (key.enforced()) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "FOREIGN KEY is not enforced: write NOT ENFORCED to keep it as documentation");
        }
        List<String> own = key.columns().stream().map(SqlIdentifier::getSimple).toList();
        own.forEach(column -> NameResolver.column(draft, column));
        NameResolver.QualifiedName other = names.qualify(key.references());
        ContainerDescriptor referenced = other.equals(name) ? draft : names.container(key.references());
        List<String> columnNames = key.referencedColumns().isEmpty()
                ? referenced.primaryKey().stream()
                        .map(column -> referenced.column(column.columnId()).name())
                        .toList()
                : key.referencedColumns().stream().map(SqlIdentifier::getSimple).toList();
        columnNames.forEach(column -> NameResolver.column(referenced, column));
        if (columnNames.size() != own.size()) {
            throw new TrellisException(
                    ErrorCode.INVALID_DEFINITION,
                    "FOREIGN KEY has another number of columns than what it references: " + own.size() + ", "
                            + columnNames.size());
        }
        String keyName = key.name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> constraintNames.free(draft.name() + "_" + String.join("_", own) + "_fkey"));
        constraintNames.add(keyName);
        return new ForeignKeyDescriptor(keyName, own, other.database().name(), referenced.name(), columnNames);
    }
}
