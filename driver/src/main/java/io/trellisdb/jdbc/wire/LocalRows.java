package io.trellisdb.jdbc.wire;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.RowSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are here already. */
public final class LocalRows implements RowSource {
    private final List<ColumnMetadata> columns;
    private final Iterator<Batch> batches;

    public LocalRows(RowSet rows) {
        this.columns = rows.columns();
        this.batches = rows.batches().iterator();
    }

    @Override
    public List<ColumnMetadata> columns() {
        return columns;
    }

    @Override
    public @Nullable Batch nextBatch() {
        while (batches.hasNext()) {
            Batch batch = batches.next();
            if (batch.rowCount() > 0) {
                return batch;
            }
        }
        return null;
    }

    @Override
    public void fetchSize(int rows) {
        // all rows are here
    }

    @Override
    public void close() {
        // nothing is held
    }
}
