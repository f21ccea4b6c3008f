package io.trellisdb.storage;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import java.util.List;

/**
 * An absolute change of one partition. Batches hold all columns of the container's schema version, in the order of its
 * descriptor.
 */
public sealed interface Operation {
    long containerId();

    /**
     * A container as this partition must know it from here on; precedes its first rows and follows every schema change.
     * Replaces the descriptor of a lower version; the same or an older version changes nothing.
     */
    record DefineContainer(ContainerDescriptor descriptor) implements Operation {
        @Override
        public long containerId() {
            return descriptor.id();
        }
    }

    /** The container is gone: its rows, indexes and descriptor. */
    record DropContainer(long containerId) implements Operation {}

    /** All rows of the container are gone. */
    record Truncate(long containerId) implements Operation {}

    /**
     * Puts whole rows, replacing rows of the same key.
     *
     * @param rowKeys the encoded keys of the rows, one each ({@link RowKeys})
     */
    record PutRows(long containerId, int schemaVersion, Batch rows, List<byte[]> rowKeys) implements Operation {
        public PutRows {
            if (rows.rowCount() != rowKeys.size()) {
                throw new IllegalArgumentException("rows and keys differ: " + rows.rowCount() + ", " + rowKeys.size());
            }
        }
    }

    /** Deletes the rows of these encoded keys; absent ones are passed over. */
    record DeleteRows(long containerId, List<byte[]> rowKeys) implements Operation {}

    /** The state that an index of the container has from here on; {@code null} states do not exist. */
    record SetIndexState(long containerId, long indexId, IndexDescriptor.State state) implements Operation {}

    /** All values of a counter below {@code upTo} are taken. Column 0 is the hidden row id's counter. */
    record ReserveCounter(long containerId, int columnId, long upTo) implements Operation {}

    /** Rows of a time series with an earlier timestamp (in the column's unit) are gone and stay refused. */
    record RaiseFloor(long containerId, long timestamp) implements Operation {}
}
