package io.trellisdb.protocol.message;

import io.trellisdb.common.batch.Batch;
import java.util.List;

/** Rows that travel whole, such as generated keys. */
public record RowSet(List<ColumnMetadata> columns, List<Batch> batches) {
    public RowSet {
        columns = List.copyOf(columns);
        batches = List.copyOf(batches);
    }
}
