package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.access.Conversions;
import io.trellisdb.sql.definition.DefinitionRunner;
import io.trellisdb.sql.information.InformationReader;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.operator.FragmentRunner;
import io.trellisdb.sql.operator.QueryExecutor;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.sql.setting.Settings;
import io.trellisdb.sql.write.QueryRunner;
import io.trellisdb.sql.write.WriteLimits;
import io.trellisdb.sql.write.WritePlanner;
import io.trellisdb.sql.write.WriteRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Prepares and runs statements. Safe for all threads; one session runs one statement at a time. */
public final class SqlEngine {
    /** How often a change is planned again because its table has changed. */
    private static final int SCHEMA_CHANGES_MAX = 50;

    private static final long SCHEMA_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final QueryServices services;
    private final EngineParts parts;
    private final Preparation preparation;

    public SqlEngine(QueryServices services, SqlOptions options) {
        this.services = services;
        QueryPlanner planner =
                new QueryPlanner(SqlSyntax::parseStatement, new StoredRowEstimates(services), services.nanoClock());
        InformationReader information =
                new InformationReader(new ViewColumns(planner), context -> settings(context.session()));
        QueryRunner queries = new QueryExecutor(FragmentRunner.local(), information::open)::open;
        WritePlanner writePlanner = new WritePlanner(planner);
        WriteRunner writes =
                new WriteRunner(queries, new WriteLimits(options.transactionBytes(), options.rerunLimit()));
        this.parts = new EngineParts(
                planner, queries, writePlanner, writes, new DefinitionRunner(planner, writePlanner, writes));
        this.preparation = new Preparation(services, parts, options);
    }

    private static List<InformationReader.Setting> settings(SessionState session) {
        return Settings.all(session).stream()
                .map(each -> new InformationReader.Setting(each.name(), each.value(), each.description()))
                .toList();
    }

    /** Plans and runs a fixed list of statements, so that the first statement of a user is fast. */
    public void warmUp() {
        new WarmUp(this).run();
    }

    /**
     * Makes a statement ready to run.
     *
     * @throws TrellisException when the text is not a statement that Trellis can run
     */
    public PreparedQuery prepare(SessionState session, String sql) {
        return preparation.prepare(sql, session.database());
    }

    /** The statement of a text whose plan is there already, so that nothing is planned: for threads that must not wait. */
    public Optional<PreparedQuery> findPrepared(SessionState session, String sql) {
        return preparation.find(sql, session.database());
    }

    /** Whether a prepared key read can run without planning again. */
    public boolean isCurrent(PreparedQuery query) {
        return query.catalogVersion() == services.catalog().version();
    }

    /** How many statements were planned so far, because no plan was there. */
    public long planningCount() {
        return preparation.planningCount();
    }

    /** {@link #execute(SessionState, PreparedQuery, ExecutionRequest, Consumer)} without a listener. */
    public ExecutionResult execute(SessionState session, PreparedQuery query, ExecutionRequest request) {
        return execute(session, query, request, context -> {});
    }

    /**
     * Runs a statement on the caller's thread and waits for what it changes. Rows are read by the caller afterwards.
     *
     * @param started is given the execution before it begins, so that others can cancel it
     */
    public ExecutionResult execute(
            SessionState session, PreparedQuery query, ExecutionRequest request, Consumer<QueryContext> started) {
        PreparedQuery current = current(query);
        boolean changes = current.kind() == StatementKind.WRITE || current.kind() == StatementKind.DEFINITION;
        if (changes) {
            requireWritable(session);
        }
        int schemaChanges = 0;
        while (true) {
            try {
                return run(session, current, request, started);
            } catch (TrellisException e) {
                if (e.code() != ErrorCode.SCHEMA_CHANGED || schemaChanges++ == SCHEMA_CHANGES_MAX) {
                    throw e;
                }
                // the partition is ahead of this node's catalog, or behind it: one of them is about to follow
                LockSupport.parkNanos(SCHEMA_WAIT_NANOS);
                current = preparation.prepare(query.sql(), query.database());
                requireSameShape(query, current);
            }
        }
    }

    /**
     * Begins an {@linkplain PreparedQuery#isImmediateChange immediate change} with the plan that it has: for threads that must
     * not wait. The answer comes on a thread that must not be blocked, {@link ExecutionResult.Updated} or a {@link
     * TrellisException}; after SCHEMA_CHANGED nothing has happened, and {@link #execute} plans again.
     *
     * @throws TrellisException what is wrong before the owners are asked
     */
    public CompletionStage<ExecutionResult> start(
            SessionState session, PreparedQuery query, ExecutionRequest request, Consumer<QueryContext> started) {
        if (!isCurrent(query)) {
            throw new TrellisException(
                    ErrorCode.SCHEMA_CHANGED, "catalog has changed since the statement was planned: " + query.sql());
        }
        requireWritable(session);
        return query.statement().start(execution(session, query, request, started));
    }

    private static void requireWritable(SessionState session) {
        if (session.isReadOnly()) {
            throw new TrellisException(
                    ErrorCode.READ_ONLY_TRANSACTION, "cannot change anything: the session is read-only");
        }
    }

    private ExecutionResult run(
            SessionState session, PreparedQuery query, ExecutionRequest request, Consumer<QueryContext> started) {
        return query.statement().run(execution(session, query, request, started));
    }

    private Execution execution(
            SessionState session, PreparedQuery query, ExecutionRequest request, Consumer<QueryContext> started) {
        List<Batch> rows = rows(session, query, request);
        Batch first = rows.get(0);
        QueryContext context = new QueryContext(
                services,
                session,
                first.rowCount() == 1 ? first : first.slice(0, Math.min(1, first.rowCount())),
                request.deadlineNanos(),
                request.memory());
        started.accept(context);
        return new Execution(parts, session, request, rows, context);
    }

    /** The parameters in the plan's types. */
    private List<Batch> rows(SessionState session, PreparedQuery query, ExecutionRequest request) {
        if (!query.literals().isEmpty()) {
            return query.literals();
        }
        List<DataType> types = query.statement().parameterTypes();
        List<Batch> given = request.parameters();
        if (types.isEmpty() && given.stream().allMatch(batch -> batch.columnCount() == 0)) {
            return List.of(Execution.NO_PARAMETERS);
        }
        if (given.isEmpty()) {
            throw new TrellisException(
                    ErrorCode.UNKNOWN_PARAMETER, "statement needs parameters: " + types.size() + " for each row");
        }
        List<Batch> rows = new ArrayList<>(given.size());
        for (Batch batch : given) {
            rows.add(Conversions.toTypes(
                    batch,
                    types,
                    () -> EvaluationContext.of(new QueryContext(
                            services, session, Execution.NO_PARAMETERS, request.deadlineNanos(), request.memory()))));
        }
        return rows;
    }

    /** The statement for the newest catalog. */
    private PreparedQuery current(PreparedQuery query) {
        if (!query.statement().dependsOnCatalog() || isCurrent(query)) {
            return query;
        }
        PreparedQuery again = preparation.prepare(query.sql(), query.database());
        requireSameShape(query, again);
        return again;
    }

    private static void requireSameShape(PreparedQuery before, PreparedQuery now) {
        boolean same = before.columns().equals(now.columns())
                && before.parameterTypes().size() == now.parameterTypes().size();
        if (!same) {
            throw new TrellisException(
                    ErrorCode.SCHEMA_CHANGED,
                    "columns of the result have changed since the statement was prepared: prepare it again");
        }
    }
}
