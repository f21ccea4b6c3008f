package io.trellisdb.bench.side;

import io.trellisdb.bench.data.CpuRow;
import java.sql.SQLException;
import java.util.List;

/** Writes batches of rows, each acknowledged and visible as a whole before the next. */
interface RowWriter extends AutoCloseable {
    void write(List<CpuRow> batch) throws SQLException;

    @Override
    void close() throws SQLException;
}
