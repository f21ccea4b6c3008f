package io.trellisdb.sql.information;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows about databases, tables, views and columns of one catalog image. */
final class CatalogRows {
    private static final int BYTES_PER_CHARACTER = 4;

    private final Catalog catalog;
    private final String cluster;
    private final BiFunction<Catalog, ViewDescriptor, List<OutputColumn>> viewColumns;

    CatalogRows(Catalog catalog, String cluster, BiFunction<Catalog, ViewDescriptor, List<OutputColumn>> viewColumns) {
        this.catalog = catalog;
        this.cluster = cluster;
        this.viewColumns = viewColumns;
    }

    Catalog catalog() {
        return catalog;
    }

    String cluster() {
        return cluster;
    }

    private static Object[] row(@Nullable Object... values) {
        return values;
    }

    static String yesOrNo(boolean value) {
        return value ? "YES" : "NO";
    }

    List<Object[]> schemata() {
        List<Object[]> rows = new ArrayList<>();
        for (DatabaseDescriptor database : catalog.databases()) {
            rows.add(row(cluster, database.name(), null));
        }
        rows.add(row(cluster, InformationSchema.NAME, null));
        return rows;
    }

    List<Object[]> tables() {
        List<Object[]> rows = new ArrayList<>();
        for (DatabaseDescriptor database : catalog.databases()) {
            for (ContainerDescriptor container : catalog.containers(database.id())) {
                String kind = container.kind() == ContainerKind.TIME_SERIES ? "TIMESERIES" : "COLLECTION";
                rows.add(row(
                        cluster,
                        database.name(),
                        container.name(),
                        "BASE TABLE",
                        kind,
                        partitioning(container),
                        "YES",
                        null));
            }
            for (ViewDescriptor view : catalog.views(database.id())) {
                rows.add(row(cluster, database.name(), view.name(), "VIEW", null, null, "NO", null));
            }
        }
        for (String name : InformationSchema.names()) {
            rows.add(row(cluster, InformationSchema.NAME, name, "SYSTEM VIEW", null, null, "NO", null));
        }
        return rows;
    }

    private static @Nullable String partitioning(ContainerDescriptor container) {
        return container.partitioning() instanceof Partitioning.Hash hash
                ? hash.columnIds().stream()
                        .map(id -> container.column(id).name())
                        .collect(Collectors.joining(", ", "HASH (", ")"))
                : null;
    }

    List<Object[]> views() {
        List<Object[]> rows = new ArrayList<>();
        for (DatabaseDescriptor database : catalog.databases()) {
            for (ViewDescriptor view : catalog.views(database.id())) {
                rows.add(row(cluster, database.name(), view.name(), view.querySql(), "NONE", "NO"));
            }
        }
        return rows;
    }

    List<Object[]> columns() {
        List<Object[]> rows = new ArrayList<>();
        for (DatabaseDescriptor database : catalog.databases()) {
            for (ContainerDescriptor container : catalog.containers(database.id())) {
                int position = 0;
                for (ColumnDescriptor column : container.columns()) {
                    rows.add(column(database.name(), container.name(), ++position, column));
                }
            }
            for (ViewDescriptor view : catalog.views(database.id())) {
                addColumns(rows, database.name(), view.name(), viewColumns.apply(catalog, view));
            }
        }
        for (String name : InformationSchema.names()) {
            addColumns(
                    rows,
                    InformationSchema.NAME,
                    name,
                    InformationSchema.find(name).orElseThrow().columns());
        }
        return rows;
    }

    private Object[] column(String database, String table, int position, ColumnDescriptor column) {
        IdentityDescriptor identity = column.identity();
        return column(
                database,
                table,
                position,
                new OutputColumn(column.name(), column.type(), column.nullable()),
                column.defaultSql(),
                identity,
                true);
    }

    private void addColumns(List<Object[]> rows, String database, String table, List<OutputColumn> columns) {
        int position = 0;
        for (OutputColumn column : columns) {
            rows.add(column(database, table, ++position, column, null, null, false));
        }
    }

    private Object[] column(
            String database,
            String table,
            int position,
            OutputColumn column,
            @Nullable String defaultSql,
            @Nullable IdentityDescriptor identity,
            boolean updatable) {
        DataType type = column.type();
        Integer length = length(type);
        Integer octets =
                length != null && type.kind().isString() ? Integer.valueOf(length * BYTES_PER_CHARACTER) : length;
        return row(
                cluster,
                database,
                table,
                column.name(),
                position,
                defaultSql,
                yesOrNo(column.nullable()),
                type.toString(),
                length,
                octets,
                numericPrecision(type),
                radix(type),
                scale(type),
                isMoment(type) ? Integer.valueOf(type.precision()) : null,
                yesOrNo(identity != null),
                identity == null ? null : identity.always() ? "ALWAYS" : "BY DEFAULT",
                identity == null ? null : Long.toString(identity.start()),
                identity == null ? null : Long.toString(identity.increment()),
                "NEVER",
                yesOrNo(updatable));
    }

    private static @Nullable Integer length(DataType type) {
        boolean bytes = type.kind().isString() || type.kind().isBinary();
        return bytes && type.precision() > 0 ? Integer.valueOf(type.precision()) : null;
    }

    private static @Nullable Integer numericPrecision(DataType type) {
        return switch (type.kind()) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case INTEGER -> 32;
            case BIGINT -> 64;
            case REAL -> 24;
            case DOUBLE -> 53;
            case DECIMAL -> type.precision();
            default -> null;
        };
    }

    private static @Nullable Integer radix(DataType type) {
        return type.kind() == TypeKind.DECIMAL
                ? Integer.valueOf(10)
                : type.kind().isNumeric() ? 2 : null;
    }

    private static @Nullable Integer scale(DataType type) {
        boolean exact = type.kind() == TypeKind.DECIMAL || type.kind().isInteger();
        return exact ? Integer.valueOf(type.scale()) : null;
    }

    private static boolean isMoment(DataType type) {
        return switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> true;
            default -> false;
        };
    }
}
