package io.trellisdb.server.session;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.RowSet;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.sql.ExecutionRequest;
import io.trellisdb.sql.ExecutionResult;
import io.trellisdb.sql.PreparedQuery;
import io.trellisdb.sql.ResultColumn;
import io.trellisdb.sql.StatementKind;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.StoredResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs a session's statements and keeps what outlives one: prepared statements, cursors, the transaction. Confined to the
 * session's running request, but for {@link #cancel}.
 */
final class StatementRunner {
    /** Prepared statements of a session; a program that makes more forgets to close them. */
    static final int MAX_STATEMENTS = 10_000;
    /** Longer texts are not looked up on the thread that receives them. */
    private static final int MAX_QUICK_TEXT = 4096;

    private final SessionSurroundings surroundings;
    private final SessionState state;
    private final Map<Long, Handle> statements = new HashMap<>();
    private final ResultSender results;
    private final Transaction transaction = new Transaction();
    private long lastHandle;
    /** The plan of the text that {@link #isQuick} has just let through, so that it is not looked up twice. */
    private @Nullable PreparedQuery found;

    private @Nullable PendingChange pending;
    /** Whether the running request has a thread that may wait, and whether it shall wait for its changes. */
    private boolean mayWait;

    private boolean waitsForChanges;

    private volatile @Nullable QueryContext running;
    /** Somebody asked before there was anything to cancel: planning may take its time. */
    private volatile boolean cancelled;

    StatementRunner(SessionSurroundings surroundings, SessionState state, ResponseSink sink) {
        this.surroundings = surroundings;
        this.state = state;
        this.results = new ResultSender(surroundings.metrics(), sink);
    }

    private record Handle(PreparedQuery query, GeneratedKeys keys) {}

    /** How a request's answers are sent. */
    interface Reply {
        void send(Response response);
    }

    /** The results that are sent in pieces. */
    ResultSender results() {
        return results;
    }

    TransactionState transactionState() {
        return transaction.state();
    }

    /** Asks whatever the request runs, or begins to run, to end. Safe for all threads. */
    void cancel() {
        cancelled = true;
        QueryContext context = running;
        if (context != null) {
            context.cancel();
        }
    }

    /** The text of the statement that a request runs, for logs. */
    Optional<String> textOf(Request request) {
        if (request instanceof Request.ExecuteText text) {
            return Optional.of(text.sql());
        }
        if (request instanceof Request.Prepare prepare) {
            return Optional.of(prepare.sql());
        }
        Handle handle = request instanceof Request.Execute execute
                ? statements.get(execute.statement())
                : request instanceof Request.ExecuteBatch batch ? statements.get(batch.statement()) : null;
        return handle == null ? Optional.empty() : Optional.of(handle.query().sql());
    }

    /** Whether the request never waits, so that it may run on the thread that received it. */
    boolean isQuick(Request request) {
        if (request instanceof Request.Execute execute) {
            Handle handle = statements.get(execute.statement());
            return handle != null && isQuick(handle.query(), handle.keys());
        }
        if (request instanceof Request.ExecuteText text && text.sql().length() <= MAX_QUICK_TEXT) {
            found = surroundings
                    .engine()
                    .findPrepared(state, text.sql())
                    .filter(query -> isQuick(query, text.generatedKeys()))
                    .orElse(null);
            return found != null;
        }
        return request instanceof Request.CloseStatement
                || request instanceof Request.Ping
                || request instanceof Request.Begin
                || request instanceof Request.Rollback;
    }

    private boolean isQuick(PreparedQuery query, GeneratedKeys keys) {
        boolean isKnown = query.isKeyRead()
                || query.isImmediateChange()
                        && !transaction.isOpen()
                        && MessageMapping.generatedKeys(keys).isEmpty();
        return isKnown && surroundings.engine().isCurrent(query);
    }

    /** Whether a change need not be waited for: its answer is sent when the owners have it. */
    private boolean isStartable(PreparedQuery query, List<String> generatedKeys) {
        return query.isImmediateChange()
                && generatedKeys.isEmpty()
                && (!mayWait || !waitsForChanges && surroundings.engine().isCurrent(query));
    }

    /** The running request is run again by a thread that may wait, and waits for its changes. */
    void waitForChanges() {
        mayWait = true;
        waitsForChanges = true;
    }

    /** What the request has begun and not waited for. */
    @Nullable
    PendingChange takePending() {
        PendingChange taken = pending;
        pending = null;
        return taken;
    }

    private void start(
            PreparedQuery query,
            List<Batch> parameters,
            @Nullable Token token,
            long deadlineNanos,
            Reply reply,
            LongFunction<Response> response) {
        MemoryBudget memory = surroundings.newBudget();
        try {
            CompletionStage<ExecutionResult> result = surroundings
                    .engine()
                    .start(
                            state,
                            query,
                            new ExecutionRequest(parameters, token, deadlineNanos, List.of(), memory),
                            this::started);
            pending = new PendingChange(result, memory, reply, response);
        } catch (TrellisException e) {
            // as every other failure of the owners
            pending = new PendingChange(CompletableFuture.failedStage(e), memory, reply, response);
        } catch (RuntimeException | Error e) {
            memory.releaseAll();
            throw e;
        }
    }

    void prepare(Request.Prepare request, Reply reply) {
        if (statements.size() >= MAX_STATEMENTS) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED, "session has too many prepared statements: " + MAX_STATEMENTS);
        }
        PreparedQuery query = surroundings.engine().prepare(state, request.sql());
        statements.put(++lastHandle, new Handle(query, request.generatedKeys()));
        reply.send(new Response.Prepared(
                lastHandle,
                MessageMapping.kind(query.kind()),
                query.takesManyRows(),
                query.parameterTypes(),
                MessageMapping.columns(query.columns()),
                MessageMapping.routing(query.routing())));
    }

    void closeStatement(Request.CloseStatement request) {
        statements.remove(request.statement());
    }

    void execute(Request.Execute request, long deadlineNanos, Reply reply) {
        Handle handle = handle(request.statement());
        run(
                handle.query(),
                rowsOf(request.parameters()),
                handle.keys(),
                request.limits(),
                request.token(),
                deadlineNanos,
                handle.query().columns(),
                reply);
    }

    void executeText(Request.ExecuteText request, long deadlineNanos, Reply reply) {
        PreparedQuery known = found;
        found = null;
        PreparedQuery query = known != null ? known : surroundings.engine().prepare(state, request.sql());
        run(
                query,
                rowsOf(request.parameters()),
                request.generatedKeys(),
                request.limits(),
                request.token(),
                deadlineNanos,
                null,
                reply);
    }

    private static List<Batch> rowsOf(Batch parameters) {
        return parameters.columnCount() == 0 ? List.of() : List.of(parameters);
    }

    private void run(
            PreparedQuery query,
            List<Batch> parameters,
            GeneratedKeys keys,
            FetchLimits limits,
            @Nullable Token token,
            long deadlineNanos,
            @Nullable List<ResultColumn> knownColumns,
            Reply reply) {
        List<String> wanted = MessageMapping.generatedKeys(keys);
        boolean changes = query.kind() == StatementKind.WRITE;
        transaction.check(
                query.kind(), changes && (!query.columns().isEmpty() || !wanted.isEmpty()), state.isReadOnly());
        switch (query.kind()) {
            case BEGIN -> transaction.begin(query.transactionReadOnly().orElse(false));
            case COMMIT -> {
                commit(token, deadlineNanos, reply);
                return;
            }
            case ROLLBACK -> transaction.end();
            default -> {
                if (changes && transaction.isOpen()) {
                    transaction.hold(query, parameters);
                    reply.send(new Response.Complete(
                            MessageMapping.kind(query.kind()), Response.Complete.HELD_BACK, null));
                    return;
                }
                if (isStartable(query, wanted)) {
                    start(query, parameters, token, deadlineNanos, reply, count -> completed(query, count));
                    return;
                }
                MemoryBudget memory = surroundings.newBudget();
                ExecutionResult result = perform(query, parameters, wanted, token, deadlineNanos, memory);
                answer(query, result, limits, memory, knownColumns, reply);
                return;
            }
        }
        reply.send(new Response.Complete(MessageMapping.kind(query.kind()), 0, null));
    }

    private static Response completed(PreparedQuery query, long count) {
        return new Response.Complete(MessageMapping.kind(query.kind()), count, null);
    }

    private ExecutionResult perform(
            PreparedQuery query,
            List<Batch> parameters,
            List<String> generatedKeys,
            @Nullable Token token,
            long deadlineNanos,
            MemoryBudget memory) {
        Token named = query.kind().needsToken() ? token : null;
        try {
            return surroundings
                    .engine()
                    .execute(
                            state,
                            query,
                            new ExecutionRequest(parameters, named, deadlineNanos, generatedKeys, memory),
                            this::started);
        } catch (RuntimeException | Error e) {
            memory.releaseAll();
            throw e;
        }
    }

    private void started(@Nullable QueryContext context) {
        running = context;
        if (cancelled && context != null) {
            context.cancel();
        }
    }

    private void answer(
            PreparedQuery query,
            ExecutionResult result,
            FetchLimits limits,
            MemoryBudget memory,
            @Nullable List<ResultColumn> knownColumns,
            Reply reply) {
        if (result instanceof ExecutionResult.Rows rows) {
            stream(rows, limits, memory, knownColumns, reply);
            return;
        }
        if (result instanceof ExecutionResult.Updated updated
                && !query.columns().isEmpty()) {
            stream(updated.returned(), limits, memory, knownColumns, reply);
            return;
        }
        long count = 0;
        RowSet keys = null;
        try {
            if (result instanceof ExecutionResult.Updated updated) {
                count = updated.count();
                keys = readKeys(updated.returned());
            }
        } finally {
            memory.releaseAll();
        }
        reply.send(new Response.Complete(MessageMapping.kind(query.kind()), count, keys));
    }

    private static @Nullable RowSet readKeys(ExecutionResult.Rows rows) {
        try (BatchCursor cursor = rows.cursor()) {
            if (rows.columns().isEmpty()) {
                return null;
            }
            List<Batch> batches = new ArrayList<>();
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                batches.add(batch);
            }
            return new RowSet(MessageMapping.columns(rows.columns()), batches);
        }
    }

    private void stream(
            ExecutionResult.Rows rows,
            FetchLimits limits,
            MemoryBudget memory,
            @Nullable List<ResultColumn> knownColumns,
            Reply reply) {
        OpenCursor cursor;
        try {
            cursor = new OpenCursor(++lastHandle, rows, limits.maxRows(), memory, running);
        } catch (RuntimeException | Error e) {
            rows.cursor().close();
            memory.releaseAll();
            throw e;
        }
        results.send(cursor, limits.creditRows(), rows.columns().equals(knownColumns) ? null : rows.columns(), reply);
    }

    void fetch(Request.Fetch request, Reply reply) {
        OpenCursor cursor = results.take(request.cursor());
        started(cursor.context());
        results.send(cursor, request.creditRows(), null, reply);
    }

    void closeCursor(Request.CloseCursor request) {
        results.close(request.cursor());
    }

    void executeBatch(Request.ExecuteBatch request, long deadlineNanos, Reply reply) {
        Handle handle = handle(request.statement());
        PreparedQuery query = handle.query();
        List<String> wanted = MessageMapping.generatedKeys(handle.keys());
        if (query.kind() != StatementKind.WRITE || !query.columns().isEmpty()) {
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER, "only statements that change rows and return none can be batched");
        }
        transaction.check(query.kind(), !wanted.isEmpty(), state.isReadOnly());
        long[] counts = new long[request.rowCount()];
        RowSet keys = null;
        if (transaction.isOpen()) {
            holdBatch(request, query);
            Arrays.fill(counts, Response.Complete.HELD_BACK);
        } else if (query.takesManyRows() && isStartable(query, wanted)) {
            start(query, request.parameters(), request.token(), deadlineNanos, reply, count -> {
                Arrays.fill(counts, count == counts.length ? 1 : Response.Complete.HELD_BACK);
                return new Response.BatchComplete(counts, null);
            });
            return;
        } else if (query.takesManyRows()) {
            keys = runTogether(request, query, wanted, deadlineNanos, counts);
        } else {
            runOneByOne(request, query, deadlineNanos, counts);
        }
        reply.send(new Response.BatchComplete(counts, keys));
    }

    private void holdBatch(Request.ExecuteBatch request, PreparedQuery query) {
        if (!query.takesManyRows() && request.rowCount() > 1) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "a transaction of several changing statements is not supported yet: use autocommit for this batch");
        }
        transaction.hold(query, request.parameters());
    }

    private @Nullable RowSet runTogether(
            Request.ExecuteBatch request, PreparedQuery query, List<String> wanted, long deadlineNanos, long[] counts) {
        MemoryBudget memory = surroundings.newBudget();
        ExecutionResult result = perform(query, request.parameters(), wanted, request.token(), deadlineNanos, memory);
        try {
            ExecutionResult.Updated updated = (ExecutionResult.Updated) result;
            boolean onePerRow = updated.count() == counts.length;
            Arrays.fill(counts, onePerRow ? 1 : Response.Complete.HELD_BACK);
            return readKeys(updated.returned());
        } finally {
            memory.releaseAll();
        }
    }

    private void runOneByOne(Request.ExecuteBatch request, PreparedQuery query, long deadlineNanos, long[] counts) {
        Token first = request.token();
        int position = 0;
        for (Batch batch : request.parameters()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                Token token = new Token(first.session(), first.sequence() + position, first.lowestUnfinished());
                MemoryBudget memory = surroundings.newBudget();
                try {
                    ExecutionResult result =
                            perform(query, List.of(batch.slice(row, row + 1)), List.of(), token, deadlineNanos, memory);
                    counts[position] = ((ExecutionResult.Updated) result).count();
                } catch (TrellisException e) {
                    throw new BatchRowFailure(e, position);
                } finally {
                    memory.releaseAll();
                }
                position++;
            }
        }
    }

    void begin(Reply reply) {
        transaction.begin(false);
        reply.send(new Response.Done());
    }

    void rollback(Reply reply) {
        transaction.end();
        reply.send(new Response.Done());
    }

    void commit(@Nullable Token token, long deadlineNanos, Reply reply) {
        Optional<HeldWrite> held = transaction.end();
        if (held.isEmpty()) {
            reply.send(new Response.Complete(io.trellisdb.protocol.message.StatementKind.TRANSACTION, 0, null));
            return;
        }
        MemoryBudget memory = surroundings.newBudget();
        ExecutionResult result =
                perform(held.get().query(), held.get().parameters(), List.of(), token, deadlineNanos, memory);
        answer(held.get().query(), result, new FetchLimits(1, 1), memory, null, reply);
    }

    /** What became of a request whose answer was lost: its token is in the store, or it never ran and never will. */
    void askOutcome(Request.AskOutcome request, Reply reply) {
        int partitions = surroundings.services().partitionTable().partitionCount();
        long count = 0;
        boolean found = false;
        for (int partition = 0; partition < partitions; partition++) {
            Optional<StoredResult> result =
                    surroundings.services().reader(partition).findResult(request.token());
            found |= result.isPresent();
            count += result.map(StoredResult::updateCount).orElse(0L);
        }
        if (!found) {
            throw new TrellisException(
                    ErrorCode.SERIALIZATION_FAILURE, "the request was not executed: run the transaction again");
        }
        reply.send(new Response.Complete(io.trellisdb.protocol.message.StatementKind.TRANSACTION, count, null));
    }

    private Handle handle(long statement) {
        Handle handle = statements.get(statement);
        if (handle == null) {
            throw new TrellisException(
                    ErrorCode.UNKNOWN_PREPARED_STATEMENT, "prepared statement does not exist: " + statement);
        }
        return handle;
    }

    /** A request begins: what was asked of the one before does not concern it. */
    void begins(boolean onThreadThatMayWait) {
        cancelled = false;
        mayWait = onThreadThatMayWait;
        waitsForChanges = false;
    }

    /** The request is answered: nothing is left to cancel. */
    void finished() {
        running = null;
    }

    /** The session is over: cursors and whatever was held back are dropped. */
    void release() {
        results.release();
        statements.clear();
        transaction.end();
    }
}
