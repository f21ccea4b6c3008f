package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.keyspace.KeyCursor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads a partition without locks; safe everywhere. */
final class TableReader implements PartitionReader {
    private final PartitionState partition;
    private final SessionResults results;

    TableReader(PartitionState partition, SessionResults results) {
        this.partition = partition;
        this.results = results;
    }

    @Override
    public int partition() {
        return partition.partition();
    }

    @Override
    public Batch get(long containerId, List<byte[]> rowKeys, List<Integer> columnIds, boolean withRowKey) {
        if (rowKeys.size() > Batch.MAX_ROWS) {
            throw new IllegalArgumentException("too many keys at once: " + rowKeys.size());
        }
        ContainerState container = partition.findContainer(containerId);
        if (container == null) {
            int columns = columnIds.size() + (withRowKey ? 1 : 0);
            return Vectors.emptyBatch(Collections.nCopies(columns, DataType.NULL));
        }
        Shape shape = container.shape();
        RowDecoder decoder = new RowDecoder(shape, columnIds, withRowKey, rowKeys.size());
        for (byte[] rowKey : rowKeys) {
            byte[] key = Slots.key(shape.rowSlot(), rowKey);
            byte[] row = partition.rows().get(key);
            if (row != null && !shape.isUnderFloor(key)) {
                decoder.append(row, key, Slots.LENGTH);
            }
        }
        return decoder.build();
    }

    @Override
    public boolean exists(long containerId, byte[] rowKey) {
        ContainerState container = partition.findContainer(containerId);
        if (container == null) {
            return false;
        }
        byte[] key = Slots.key(container.shape().rowSlot(), rowKey);
        return !container.shape().isUnderFloor(key) && partition.rows().contains(key);
    }

    @Override
    public Optional<byte[]> findByUniqueIndex(long containerId, long indexId, byte[] indexKey) {
        ContainerState container = partition.findContainer(containerId);
        if (container == null) {
            return Optional.empty();
        }
        Shape shape = container.shape();
        IndexShape index = shape.findIndex(indexId)
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.SCHEMA_CHANGED,
                        "index is not known here: " + indexId + " of "
                                + shape.descriptor().name()));
        if (index.state() == State.FAILED) {
            throw new TrellisException(ErrorCode.SCHEMA_CHANGED, "index has failed: " + index.name());
        }
        byte[] prefix = Slots.key(index.slot(), indexKey);
        try (KeyCursor cursor = partition.indexes().cursor()) {
            boolean isThere = cursor.seek(prefix);
            while (isThere && IndexBuild.startsWith(cursor.key(), prefix)) {
                byte[] rowKey = Slots.tail(cursor.key(), prefix.length);
                if (!shape.hasFloor() || !shape.isUnderFloor(Slots.key(shape.rowSlot(), rowKey))) {
                    return Optional.of(rowKey);
                }
                isThere = cursor.next();
            }
        }
        return Optional.empty();
    }

    @Override
    public BatchCursor scan(ScanRequest request) {
        ContainerState container = partition.findContainer(request.containerId());
        if (container == null || request.limit() <= 0) {
            return BatchCursor.empty();
        }
        Shape shape = container.shape();
        ScanRequest.Access access = request.access();
        if (access instanceof ScanRequest.Access.Index byIndex) {
            return new IndexScan(partition, shape, shape.publicIndex(byIndex.indexId()), request, byIndex.range());
        }
        if (access instanceof ScanRequest.Access.Series bySeries) {
            requireTimeSeries(shape);
            return new RowSeries(partition, shape).scan(request, bySeries);
        }
        return new RowScan(partition, shape, request, ((ScanRequest.Access.Primary) access).range());
    }

    private static void requireTimeSeries(Shape shape) {
        if (shape.descriptor().kind() != ContainerKind.TIME_SERIES) {
            throw new IllegalArgumentException(
                    "container is not a time series: " + shape.descriptor().name());
        }
    }

    @Override
    public AggregateCursor aggregate(AggregateRequest request) {
        ContainerState container = partition.findContainer(request.containerId());
        if (container == null) {
            return AggregateCursor.empty();
        }
        Shape shape = container.shape();
        requireTimeSeries(shape);
        for (KeyColumn key : shape.descriptor().primaryKey()) {
            if (request.columnIds().contains(key.columnId())) {
                throw new IllegalArgumentException("key column cannot be aggregated: " + key.columnId());
            }
        }
        return new RowSeries(partition, shape).aggregate(request);
    }

    @Override
    public BatchCursor latest(LatestRequest request) {
        ContainerState container = partition.findContainer(request.containerId());
        if (container == null) {
            return BatchCursor.empty();
        }
        requireTimeSeries(container.shape());
        List<byte[]> keys = new RowSeries(partition, container.shape()).newestKeys(request);
        return new KeyedCursor(
                keys, some -> get(request.containerId(), some, request.columnIds(), request.withRowKey()));
    }

    @Override
    public long estimateRows(long containerId) {
        ContainerState container = partition.findContainer(containerId);
        return container == null ? 0 : container.rows();
    }

    @Override
    public Optional<StoredResult> findResult(Token token) {
        return results.find(token, partition.position().commitTimestamp());
    }

    @Override
    public long trimmedBelow(long session) {
        return results.trimmedBelow(session, partition.position().commitTimestamp());
    }

    @Override
    public int schemaVersion(long containerId) {
        ContainerState container = partition.findContainer(containerId);
        return container == null ? 0 : container.shape().descriptor().version();
    }

    @Override
    public long counter(long containerId, int columnId) {
        return ContainerChanges.counter(partition, containerId, columnId);
    }
}
