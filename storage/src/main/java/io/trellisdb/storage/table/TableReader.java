package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Vectors;
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
import io.trellisdb.storage.timeseries.TimeSeries;
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
        TimeSeries series = container.series();
        if (series != null) {
            return series.get(rowKeys, columnIds, withRowKey);
        }
        Shape shape = container.shape();
        RowDecoder decoder = new RowDecoder(shape, columnIds, withRowKey, rowKeys.size());
        for (byte[] rowKey : rowKeys) {
            byte[] key = Slots.key(shape.rowSlot(), rowKey);
            byte[] row = partition.rows().get(key);
            if (row != null) {
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
        TimeSeries series = container.series();
        return series != null
                ? series.contains(rowKey)
                : partition.rows().contains(Slots.key(container.shape().rowSlot(), rowKey));
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
        try (KeyCursor cursor = partition.indexes().keyCursor()) {
            boolean isFound = cursor.seek(prefix) && IndexBuild.startsWith(cursor.key(), prefix);
            return isFound ? Optional.of(Slots.tail(cursor.key(), prefix.length)) : Optional.empty();
        }
    }

    @Override
    public BatchCursor scan(ScanRequest request) {
        ContainerState container = partition.findContainer(request.containerId());
        if (container == null || request.limit() <= 0) {
            return BatchCursor.empty();
        }
        ScanRequest.Access access = request.access();
        Shape shape = container.shape();
        if (access instanceof ScanRequest.Access.Index byIndex) {
            return new IndexScan(partition, container, shape.publicIndex(byIndex.indexId()), request, byIndex.range());
        }
        TimeSeries series = container.series();
        if (series != null) {
            return series.scan(request);
        }
        if (access instanceof ScanRequest.Access.Primary primary) {
            return new RowScan(partition, shape, request, primary.range());
        }
        throw notATimeSeries(shape);
    }

    private static IllegalArgumentException notATimeSeries(Shape shape) {
        return new IllegalArgumentException(
                "container is not a time series: " + shape.descriptor().name());
    }

    private static TimeSeries requireSeries(ContainerState container) {
        TimeSeries series = container.series();
        if (series == null) {
            throw notATimeSeries(container.shape());
        }
        return series;
    }

    @Override
    public AggregateCursor aggregate(AggregateRequest request) {
        ContainerState container = partition.findContainer(request.containerId());
        if (container == null) {
            return AggregateCursor.empty();
        }
        TimeSeries series = requireSeries(container);
        for (KeyColumn key : container.shape().descriptor().primaryKey()) {
            if (request.columnIds().contains(key.columnId())) {
                throw new IllegalArgumentException("key column cannot be aggregated: " + key.columnId());
            }
        }
        return series.aggregate(request);
    }

    @Override
    public BatchCursor latest(LatestRequest request) {
        ContainerState container = partition.findContainer(request.containerId());
        return container == null
                ? BatchCursor.empty()
                : requireSeries(container).latest(request);
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
