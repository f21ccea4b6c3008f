package io.trellisdb.storage.engine;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers for tests. */
final class Containers {
    private Containers() {}

    static ContainerDescriptor of(
            long id,
            ContainerKind kind,
            List<ColumnDescriptor> columns,
            List<KeyColumn> primaryKey,
            List<IndexDescriptor> indexes) {
        return new ContainerDescriptor(
                id,
                1,
                1,
                "container" + id,
                kind,
                columns,
                primaryKey,
                indexes,
                List.of(),
                List.of(),
                new Partitioning.Whole(0),
                Map.of(),
                columns.size() + 1);
    }

    static IndexDescriptor index(long id, boolean unique, IndexDescriptor.State state, KeyColumn... columns) {
        return new IndexDescriptor(id, "index" + id, unique, false, List.of(columns), state);
    }

    /** {@code (id BIGINT PRIMARY KEY, name VARCHAR, amount DOUBLE)} with an index on the name. */
    static ContainerDescriptor people(long id) {
        return of(
                id,
                ContainerKind.COLLECTION,
                List.of(
                        ColumnDescriptor.of(1, "id", DataType.BIGINT, false),
                        ColumnDescriptor.of(2, "name", DataType.VARCHAR, true),
                        ColumnDescriptor.of(3, "amount", DataType.DOUBLE, true)),
                List.of(KeyColumn.ascending(1)),
                List.of(index(id * 100, false, IndexDescriptor.State.PUBLIC, KeyColumn.ascending(2))));
    }

    /** {@code (text VARCHAR, number INTEGER)} without a primary key. */
    static ContainerDescriptor notes(long id) {
        return of(
                id,
                ContainerKind.COLLECTION,
                List.of(
                        ColumnDescriptor.of(1, "text", DataType.VARCHAR, true),
                        ColumnDescriptor.of(2, "number", DataType.INTEGER, true)),
                List.of(),
                List.of());
    }

    /** {@code (series VARCHAR, ts TIMESTAMP(3), reading DOUBLE, PRIMARY KEY (series, ts))}. */
    static ContainerDescriptor readings(long id, boolean descending) {
        return of(
                id,
                ContainerKind.TIME_SERIES,
                List.of(
                        ColumnDescriptor.of(1, "series", DataType.VARCHAR, false),
                        ColumnDescriptor.of(2, "ts", DataType.timestamp(3), false),
                        ColumnDescriptor.of(3, "reading", DataType.DOUBLE, true)),
                List.of(KeyColumn.ascending(1), new KeyColumn(2, descending)),
                List.of());
    }

    static Batch rows(ContainerDescriptor container, List<? extends List<? extends @Nullable Object>> rows) {
        BatchBuilder builder = new BatchBuilder(
                container.columns().stream().map(ColumnDescriptor::type).toList(), rows.size());
        for (List<? extends @Nullable Object> row : rows) {
            builder.appendRow(row.toArray());
        }
        return builder.build();
    }
}
