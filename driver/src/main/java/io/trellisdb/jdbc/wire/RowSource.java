package io.trellisdb.jdbc.wire;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.protocol.message.ColumnMetadata;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a result's rows come from. One thread at a time. */
public interface RowSource extends AutoCloseable {
    List<ColumnMetadata> columns();

    /** The next rows, at least one; null after the last. */
    @Nullable
    Batch nextBatch() throws SQLException;

    /** Changes how many rows the server may send ahead from the next fetch on. */
    void fetchSize(int rows);

    @Override
    void close();
}
