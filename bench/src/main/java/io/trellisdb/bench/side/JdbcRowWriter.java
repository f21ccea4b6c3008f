package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.data.CpuRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** A prepared statement's batches; in one transaction each, except in Trellis, where a batch is a statement. */
final class JdbcRowWriter implements RowWriter {
    private final Connection connection;
    private final PreparedStatement statement;
    private final Cpu cpu;

    /** Takes the connection over. */
    JdbcRowWriter(Connection connection, String sql, Cpu cpu, boolean inTransactions) throws SQLException {
        this.connection = connection;
        this.cpu = cpu;
        connection.setAutoCommit(!inTransactions);
        this.statement = connection.prepareStatement(sql);
    }

    @Override
    public void write(List<CpuRow> batch) throws SQLException {
        for (CpuRow row : batch) {
            statement.setTimestamp(1, new Timestamp(row.timestampMillis()));
            statement.setString(2, cpu.host(row.host()));
            statement.setString(3, Cpu.region(row.host()));
            double[] values = row.values();
            for (int i = 0; i < values.length; i++) {
                statement.setDouble(i + 4, values[i]);
            }
            statement.addBatch();
        }
        statement.executeBatch();
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
