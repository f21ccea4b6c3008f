package io.trellisdb.storage;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.token.Token;
import java.util.List;
import java.util.Optional;

/**
 * Reads the committed state of one partition. Any thread may call it; a read sees every entry applied before it began and may
 * see later ones. A container that the partition has never heard of has no rows.
 */
public interface PartitionReader {
    /** Among wanted columns: the hidden row id of a container without primary key, a BIGINT. */
    int ROW_ID_COLUMN = 0;

    int partition();

    /**
     * The rows of these encoded keys, in their order, absent ones left out; at most {@link Batch#MAX_ROWS} keys. For a
     * container without descriptor the columns of the empty batch have the type NULL.
     *
     * @param columnIds the columns wanted, in this order
     * @param withRowKey adds the encoded row key as a last VARBINARY column
     */
    Batch get(long containerId, List<byte[]> rowKeys, List<Integer> columnIds, boolean withRowKey);

    boolean exists(long containerId, byte[] rowKey);

    /**
     * The row key under an index key of a unique index, if there is one. Answers for indexes in any state but FAILED.
     *
     * @param indexKey the complete encoded index key without a row key
     */
    Optional<byte[]> findByUniqueIndex(long containerId, long indexId, byte[] indexKey);

    BatchCursor scan(ScanRequest request);

    /**
     * Aggregates a time series container. Another kind, or a column of the primary key, is an
     * {@link IllegalArgumentException}.
     */
    AggregateCursor aggregate(AggregateRequest request);

    /** The newest row of every series of a time series container, in series key order; another kind is refused as above. */
    BatchCursor latest(LatestRequest request);

    /** Rows of a container, about; exact while nobody writes. */
    long estimateRows(long containerId);

    /** What a statement answered, if its entry is applied and not yet forgotten. */
    Optional<StoredResult> findResult(Token token);

    /**
     * The lowest sequence of a session whose result may still be known here: a statement below it was answered once, and its
     * result is forgotten. 0 for a session that is unknown or forgotten.
     */
    long trimmedBelow(long session);

    /** The version of the container's descriptor that this partition has applied; 0 when it has none. */
    int schemaVersion(long containerId);

    /** The first value of a counter that is not reserved; the start value is the caller's business while it is 0. */
    long counter(long containerId, int columnId);
}
