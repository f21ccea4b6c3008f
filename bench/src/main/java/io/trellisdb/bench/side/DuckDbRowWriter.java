package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.data.CpuRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB's appender, its way of loading, flushed after each batch. */
final class DuckDbRowWriter implements RowWriter {
    private final Connection connection;
    private final DuckDBAppender appender;
    private final Cpu cpu;

    /** Takes the connection over. */
    DuckDbRowWriter(Connection connection, String table, Cpu cpu) throws SQLException {
        this.connection = connection;
        this.cpu = cpu;
        this.appender =
                connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    @Override
    public void write(List<CpuRow> batch) throws SQLException {
        for (CpuRow row : batch) {
            appender.beginRow();
            appender.appendEpochMicros(TimeUnit.MILLISECONDS.toMicros(row.timestampMillis()));
            appender.append(cpu.host(row.host()));
            appender.append(Cpu.region(row.host()));
            for (double value : row.values()) {
                appender.append(value);
            }
            appender.endRow();
        }
        appender.flush();
    }

    @Override
    public void close() throws SQLException {
        appender.close();
        connection.close();
    }
}
