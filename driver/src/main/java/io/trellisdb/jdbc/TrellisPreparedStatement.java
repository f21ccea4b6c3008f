package io.trellisdb.jdbc;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.FailureDetail;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.value.ParameterRows;
import io.trellisdb.jdbc.wire.Outcome;
import io.trellisdb.jdbc.wire.PreparedPlan;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Response.BatchComplete;
import io.trellisdb.protocol.message.RowSet;
import io.trellisdb.protocol.message.StatementKind;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the server has planned. Batches travel by column; all rows of a batch are one statement if they fit one
 * request of {@value #MAX_REQUEST_BYTES} bytes and the statement is an INSERT or UPSERT, otherwise one for each request.
 */
final class TrellisPreparedStatement extends ParameterSetters {
    /** Parameters in one request, in memory; what the frame's 16 MiB hold with room for the rest. */
    private static final long MAX_REQUEST_BYTES = 12L * 1024 * 1024;
    /** Rows of a batch that is not yet executed: they are held in memory. */
    private static final int MAX_BATCH_ROWS = 10_000_000;

    private final PreparedPlan plan;
    private final ParameterRows single;
    private final ParameterRows batch;

    TrellisPreparedStatement(TrellisConnection connection, PreparedPlan plan) throws SQLException {
        super(connection, plan.parameters());
        this.plan = plan;
        this.single = new ParameterRows(plan.parameters(), connection.parameterConversion());
        this.batch = new ParameterRows(plan.parameters(), connection.parameterConversion());
    }

    private boolean run() throws SQLException {
        return perform(() -> accept(runOnce()));
    }

    private Outcome runOnce() throws SQLException {
        single.clear();
        single.add(row());
        Batch parameters = single.build().get(0);
        return session().execute(plan, parameters, options(GeneratedKeys.none()));
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        run();
        return requireRows();
    }

    @Override
    public boolean execute() throws SQLException {
        return run();
    }

    @Override
    public int executeUpdate() throws SQLException {
        return narrow(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        run();
        return requireCount();
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        if (batch.rowCount() >= MAX_BATCH_ROWS) {
            throw SqlErrors.of(ErrorCode.LIMIT_EXCEEDED, "batch has too many rows: more than " + MAX_BATCH_ROWS);
        }
        batch.add(row());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return Arrays.stream(executeLargeBatch())
                .mapToInt(CommonStatement::narrow)
                .toArray();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        int rows = batch.rowCount();
        if (rows == 0) {
            return new long[0];
        }
        List<Batch> batches = batch.build();
        if (plan.kind() != StatementKind.WRITE) {
            throw SqlErrors.of(
                    ErrorCode.WRONG_OBJECT_STATE,
                    "batches are for INSERT, UPSERT, UPDATE and DELETE: execute this one by one");
        }
        return perform(() -> runBatch(batches, rows));
    }

    private long[] runBatch(List<Batch> batches, int rows) throws SQLException {
        long[] counts = new long[rows];
        int done = 0;
        List<ColumnMetadata> keyColumns = List.of();
        List<Batch> keys = new ArrayList<>();
        for (List<Batch> request : requests(batches)) {
            int size = request.stream().mapToInt(Batch::rowCount).sum();
            BatchComplete complete;
            try {
                complete = session().executeBatch(plan, request, deadlineMillis());
            } catch (SQLException e) {
                throw TrellisStatement.batchFailure(e, countsOnFailure(e, counts, done, size));
            }
            int known = Math.min(complete.updateCounts().length, size);
            Arrays.fill(counts, done + known, done + size, SUCCESS_NO_INFO);
            System.arraycopy(complete.updateCounts(), 0, counts, done, known);
            done += size;
            RowSet returned = complete.generatedKeys();
            if (returned != null) {
                keyColumns = returned.columns();
                keys.addAll(returned.batches());
            }
        }
        acceptKeys(keys.isEmpty() ? null : new RowSet(keyColumns, keys));
        return counts;
    }

    /** Counts of the requests before; an atomic request failed with every row, another one from the row that the server named. */
    private long[] countsOnFailure(SQLException e, long[] counts, int done, int size) {
        int failedRow = e.getCause() instanceof FailureDetail detail ? detail.row() : -1;
        if (plan.isAtomicInBatch() || failedRow < 0 || failedRow >= size) {
            long[] all = Arrays.copyOf(counts, done + size);
            Arrays.fill(all, done, done + size, EXECUTE_FAILED);
            return all;
        }
        long[] before = Arrays.copyOf(counts, done + failedRow);
        Arrays.fill(before, done, done + failedRow, SUCCESS_NO_INFO);
        return before;
    }

    private static List<List<Batch>> requests(List<Batch> batches) {
        List<List<Batch>> requests = new ArrayList<>();
        List<Batch> current = new ArrayList<>();
        long bytes = 0;
        for (Batch whole : batches) {
            for (Batch part : split(whole)) {
                if (!current.isEmpty() && bytes + part.sizeBytes() > MAX_REQUEST_BYTES) {
                    requests.add(current);
                    current = new ArrayList<>();
                    bytes = 0;
                }
                current.add(part);
                bytes += part.sizeBytes();
            }
        }
        requests.add(current);
        return requests;
    }

    /** Halves a batch until its parts fit a request; one row always does, by the limit of a row. */
    private static List<Batch> split(Batch batch) {
        if (batch.sizeBytes() <= MAX_REQUEST_BYTES || batch.rowCount() <= 1) {
            return List.of(batch);
        }
        int half = batch.rowCount() / 2;
        List<Batch> parts = new ArrayList<>(split(batch.slice(0, half)));
        parts.addAll(split(batch.slice(half, batch.rowCount())));
        return parts;
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return plan.columns().isEmpty()
                ? null
                : new TrellisResultSetMetaData(plan.columns(), connection().getCatalog());
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new TrellisParameterMetaData(plan.parameters());
    }

    @Override
    void onClose() {
        session().close(plan);
    }

    private static SQLException textRefused() {
        return SqlErrors.of(ErrorCode.WRONG_OBJECT_STATE, "statement is prepared: it takes no other text");
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        throw textRefused();
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        throw textRefused();
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        throw textRefused();
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        throw textRefused();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        throw textRefused();
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        throw textRefused();
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        throw textRefused();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        throw textRefused();
    }
}
