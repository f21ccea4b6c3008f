package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A container of one partition at one moment: its versions, slots, indexes and floor. Immutable, replaced on change. */
final class Shape {
    private final ContainerRecord record;
    private final Map<Integer, RowVersion> versions;
    private final RowVersion current;
    private final List<IndexShape> indexes;
    private final List<Integer> indexedColumns;

    Shape(ContainerRecord record, Map<Integer, RowVersion> versions) {
        this.record = record;
        this.versions = Map.copyOf(versions);
        this.current = require(record.version());
        List<IndexShape> shapes = new ArrayList<>();
        Set<Integer> columns = new LinkedHashSet<>();
        ContainerDescriptor descriptor = current.descriptor();
        for (IndexDescriptor index : descriptor.indexes()) {
            ContainerRecord.IndexRecord stored = record.findIndex(index.id())
                    .orElseThrow(() -> new IllegalStateException("index has no slot: " + index.name()));
            IndexShape shape = new IndexShape(descriptor, index, stored.slot(), stored.state());
            shapes.add(shape);
            columns.addAll(shape.columnIds());
        }
        this.indexes = List.copyOf(shapes);
        this.indexedColumns = List.copyOf(columns);
    }

    ContainerRecord record() {
        return record;
    }

    ContainerDescriptor descriptor() {
        return current.descriptor();
    }

    Map<Integer, RowVersion> versions() {
        return versions;
    }

    RowVersion current() {
        return current;
    }

    int rowSlot() {
        return record.rowSlot();
    }

    /** All indexes, also those that are not complete or failed. */
    List<IndexShape> indexes() {
        return indexes;
    }

    /** The ids of all columns that some index needs, each once. */
    List<Integer> indexedColumns() {
        return indexedColumns;
    }

    /** Whether writes have entries to change. */
    boolean hasIndexes() {
        return !indexes.isEmpty();
    }

    Optional<IndexShape> findIndex(long indexId) {
        return indexes.stream().filter(index -> index.id() == indexId).findFirst();
    }

    /** An index that scans may use. */
    IndexShape publicIndex(long indexId) {
        IndexShape index = findIndex(indexId)
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.SCHEMA_CHANGED,
                        "index is not known here: " + indexId + " of "
                                + descriptor().name()));
        if (index.state() != State.PUBLIC) {
            throw new TrellisException(
                    ErrorCode.SCHEMA_CHANGED, "index cannot be read: " + index.name() + " is " + index.state());
        }
        return index;
    }

    /** The version that a row or batch names. */
    RowVersion require(int version) {
        RowVersion found = versions.get(version);
        if (found == null) {
            throw new TrellisException(
                    ErrorCode.DATA_CORRUPTED,
                    "schema version is not known: " + version + " of container " + record.version());
        }
        return found;
    }

    boolean isTimeSeries() {
        return descriptor().kind() == ContainerKind.TIME_SERIES;
    }
}
