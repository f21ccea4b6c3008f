package io.trellisdb.sql.harness;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.ExecutionRequest;
import io.trellisdb.sql.ExecutionResult;
import io.trellisdb.sql.PreparedQuery;
import io.trellisdb.sql.ResultColumn;
import io.trellisdb.sql.SqlEngine;
import io.trellisdb.sql.SqlOptions;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.testing.GoldenScripts;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One session on a {@link MemoryNode}: SQL in, text out. Confined to one thread. */
public final class SqlHarness implements GoldenScripts.Interpreter, AutoCloseable {
    private static final long MEMORY = 1L << 30;

    private final MemoryNode node;
    private final SqlEngine engine;
    private final SessionState session = new SessionState(1, "tester", "public");

    public SqlHarness() {
        this(4, SqlOptions.defaults());
    }

    public SqlHarness(int partitions, SqlOptions options) {
        this.node = new MemoryNode(partitions);
        this.engine = new SqlEngine(node, options);
    }

    public MemoryNode node() {
        return node;
    }

    public SqlEngine engine() {
        return engine;
    }

    public SessionState session() {
        return session;
    }

    @Override
    public String run(String command) {
        String sql = command.strip();
        PreparedQuery query = engine.prepare(session, sql);
        return show(execute(query, List.of(), null, List.of()));
    }

    public PreparedQuery prepare(String sql) {
        return engine.prepare(session, sql);
    }

    /** Runs a statement with one row of parameters whose types are the statement's. */
    public String run(PreparedQuery query, @Nullable Object... parameters) {
        return show(execute(query, List.of(row(query.parameterTypes(), parameters)), null, List.of()));
    }

    public static Batch row(List<DataType> types, @Nullable Object... values) {
        BatchBuilder builder = new BatchBuilder(types, 1);
        builder.appendRow(values);
        return builder.build();
    }

    public ExecutionResult execute(
            PreparedQuery query, List<Batch> parameters, @Nullable Token token, List<String> generatedKeys) {
        MemoryBudget memory = new MemoryBudget(MEMORY, new AtomicLong(MEMORY));
        return engine.execute(
                session, query, new ExecutionRequest(parameters, token, Long.MAX_VALUE, generatedKeys, memory));
    }

    /** The SQLSTATE and code of a statement that must fail. */
    public ErrorCode failure(String sql) {
        try {
            run(sql);
        } catch (TrellisException e) {
            return e.code();
        }
        throw new AssertionError("statement did not fail: " + sql);
    }

    public static String show(ExecutionResult result) {
        if (result instanceof ExecutionResult.Rows rows) {
            return show(rows);
        }
        if (result instanceof ExecutionResult.Updated updated) {
            String count = updated.count() + (updated.count() == 1 ? " row" : " rows");
            return updated.returned().columns().isEmpty() ? count : count + "\n" + show(updated.returned());
        }
        ExecutionResult.Done done = (ExecutionResult.Done) result;
        List<String> lines = new ArrayList<>();
        lines.add(done.tag());
        done.notices().forEach(notice -> lines.add("notice: " + notice));
        return String.join("\n", lines);
    }

    private static String show(ExecutionResult.Rows rows) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                " | ", rows.columns().stream().map(ResultColumn::label).toList()));
        try (BatchCursor cursor = rows.cursor()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<String> values = new ArrayList<>();
                    for (Object value : batch.row(row)) {
                        values.add(text(value));
                    }
                    lines.add(String.join(" | ", values));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? "x" + HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }

    /** Every script ends with a store whose indexes agree with its rows. */
    @Override
    public void close() {
        List<String> wrong = node.verify();
        if (!wrong.isEmpty()) {
            throw new AssertionError("store is inconsistent: " + wrong);
        }
    }
}
