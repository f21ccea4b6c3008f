package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.naming.Suggestion;
import io.trellisdb.sql.syntax.CreateIndex;
import io.trellisdb.sql.syntax.IndexColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;

/** Makes keys and indexes. */
final class IndexBuilder {
    private IndexBuilder() {}

    /** The columns of a key, each named once. */
    static List<KeyColumn> columns(String table, List<ColumnDescriptor> columns, List<IndexColumn> named) {
        if (named.size() > ContainerDescriptor.MAX_KEY_COLUMNS) {
            throw new TrellisException(
                    ErrorCode.TOO_MANY_COLUMNS,
                    "key has too many columns: " + named.size() + ", at most " + ContainerDescriptor.MAX_KEY_COLUMNS);
        }
        List<KeyColumn> key = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (IndexColumn column : named) {
            String name = column.column().getSimple();
            ColumnDescriptor found = columns.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(table, name, columns));
            if (!seen.add(name)) {
                throw new TrellisException(ErrorCode.DUPLICATE_COLUMN, "column is named twice in a key: " + name);
            }
            if (found.type().kind() == TypeKind.ARRAY) {
                throw new TrellisException(
                        ErrorCode.INVALID_DEFINITION, "type cannot be part of a key: " + name + " " + found.type());
            }
            key.add(new KeyColumn(found.id(), column.descending()));
        }
        return key;
    }

    private static TrellisException unknown(String table, String name, List<ColumnDescriptor> columns) {
        List<String> names = columns.stream().map(ColumnDescriptor::name).toList();
        return new TrellisException(
                ErrorCode.UNKNOWN_COLUMN,
                "column does not exist: " + table + "." + name + Suggestion.didYouMean(name, names));
    }

    /** Refuses a key that does not contain the partitioning columns. */
    static void requirePartitioning(
            String what, List<KeyColumn> key, List<Integer> partitioning, List<ColumnDescriptor> columns) {
        Set<Integer> inKey = key.stream().map(KeyColumn::columnId).collect(Collectors.toSet());
        for (int id : partitioning) {
            if (!inKey.contains(id)) {
                String name = columns.stream()
                        .filter(column -> column.id() == id)
                        .map(ColumnDescriptor::name)
                        .findFirst()
                        .orElse("");
                throw new TrellisException(
                        ErrorCode.INVALID_TABLE_DEFINITION,
                        what + " must contain the partitioning columns, because each partition checks its own rows: "
                                + name);
            }
        }
    }

    static String defaultName(ContainerDescriptor container, List<KeyColumn> columns, String suffix) {
        String names = columns.stream()
                .map(column -> container.column(column.columnId()).name())
                .collect(Collectors.joining("_"));
        return container.name() + "_" + names + "_" + suffix;
    }

    /** Refuses a name that an index of the database has, so that DROP INDEX needs no table. */
    static void requireFreeName(Catalog catalog, ContainerDescriptor container, String name) {
        if (takenNames(catalog, container.databaseId()).contains(name)) {
            throw new TrellisException(ErrorCode.DUPLICATE_OBJECT, "index exists already: " + name);
        }
    }

    static Set<String> takenNames(Catalog catalog, long databaseId) {
        return catalog.containers(databaseId).stream()
                .flatMap(container -> container.indexes().stream())
                .map(IndexDescriptor::name)
                .collect(Collectors.toSet());
    }

    /** The index of CREATE INDEX. */
    static IndexDescriptor build(CreateIndex statement, ContainerDescriptor container, Catalog catalog) {
        if (!statement.options().isEmpty()) {
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER,
                    "index has no options: " + statement.options().get(0).key());
        }
        List<KeyColumn> columns = columns(container.name(), container.columns(), statement.columns());
        if (statement.unique() && container.partitioning() instanceof Partitioning.Hash hash) {
            requirePartitioning("UNIQUE", columns, hash.columnIds(), container.columns());
        }
        String name = statement
                .name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> ConstraintNames.free(
                        defaultName(container, columns, "idx"), takenNames(catalog, container.databaseId())));
        ColumnBuilder.checkName(name);
        requireFreeName(catalog, container, name);
        return new IndexDescriptor(0, name, statement.unique(), false, columns, IndexDescriptor.State.WRITE_ONLY);
    }
}
