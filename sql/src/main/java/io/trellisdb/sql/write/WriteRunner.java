package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs write plans at the gateway, on the caller's thread. Safe for all threads; keeps nothing between calls. */
public final class WriteRunner {
    private final QueryRunner queries;
    private final WriteLimits limits;

    public WriteRunner(QueryRunner queries, WriteLimits limits) {
        this.queries = queries;
        this.limits = limits;
    }

    /**
     * What a change did.
     *
     * @param columns of RETURNING or generated keys; none when nothing was asked for
     */
    public record Outcome(long count, List<QueryColumn> columns, List<Batch> returned) {
        public Outcome {
            columns = List.copyOf(columns);
            returned = List.copyOf(returned);
        }
    }

    /** Whether {@link #start} begins a change without waiting: rows and keys are named, and no values are to be reserved. */
    public static boolean isImmediate(WritePlan plan) {
        return plan instanceof WritePlan.ByKey
                || plan instanceof WritePlan.InsertRows insert
                        && insert.tuples().stream().noneMatch(RowMaker::hasIdentity);
    }

    /** Begins a change whose rows or keys are named. The outcome comes on a writer's thread. */
    public CompletionStage<Outcome> start(WritePlan plan, WriteRequest request) {
        if (plan instanceof WritePlan.InsertRows insert) {
            return insertRows(insert, request);
        }
        if (plan instanceof WritePlan.ByKey change) {
            return byKey(change, request);
        }
        throw new IllegalArgumentException(
                "change reads rows first: " + plan.explain().line());
    }

    /** Runs a change and waits until it has happened. */
    public Outcome run(WritePlan plan, WriteRequest request) {
        if (plan instanceof WritePlan.InsertRows || plan instanceof WritePlan.ByKey) {
            return WriteRequest.await(start(plan, request));
        }
        if (plan instanceof WritePlan.InsertQuery insert) {
            return insertQuery(insert, request);
        }
        return new ReadFirstRun((WritePlan.ReadFirst) plan, request, queries, limits).run();
    }

    /** Removes all rows of a container. */
    public void truncate(ContainerDescriptor container, WriteRequest request) {
        Target target = new Target(container);
        List<PartitionWrite> parts = new ArrayList<>();
        for (int partition : target.allPartitions(request.partitionCount())) {
            parts.add(new PartitionWrite(
                    partition, container.id(), container.version(), new TruncateCommand(container.id())));
        }
        request.write(parts);
    }

    private CompletionStage<Outcome> insertRows(WritePlan.InsertRows insert, WriteRequest request) {
        EvaluationContext context = EvaluationContext.of(request.query());
        Returning returning = returning(insert.target(), insert.returning(), request);
        boolean isRandom = insert.tuples().stream().anyMatch(RowMaker::hasIdentity);
        Optional<Outcome> stored = isRandom ? stored(insert.target(), returning, request) : Optional.empty();
        if (stored.isPresent()) {
            return CompletableFuture.completedStage(stored.get());
        }
        PartitionSplit split = new PartitionSplit(insert.target(), request, limits);
        boolean carries = insert.conflict() instanceof Conflict.Change;
        for (Batch parameters : request.parameterRows()) {
            if (insert.tuples().size() == 1) {
                Batch rows = insert.tuples().get(0).make(parameters, context, request.services());
                insert.rules().check(rows, context);
                split.add(rows, carries ? parameters : new Batch(rows.rowCount()));
            } else {
                addTuples(insert, parameters, context, request, split, carries);
            }
        }
        return send(insert.target(), split, insert.conflict(), insert.rules(), returning, context, request);
    }

    /** Several tuples for each row of parameters: the rows of one come before those of the next. */
    private static void addTuples(
            WritePlan.InsertRows insert,
            Batch parameters,
            EvaluationContext context,
            WriteRequest request,
            PartitionSplit split,
            boolean carries) {
        List<Batch> made = new ArrayList<>();
        for (RowMaker tuple : insert.tuples()) {
            made.add(tuple.make(parameters, context, request.services()));
        }
        BatchBuilder builder = new BatchBuilder(insert.target().types(), Batch.MAX_ROWS);
        int[] owners = new int[Batch.MAX_ROWS];
        for (int row = 0; row < parameters.rowCount(); row++) {
            for (Batch tuple : made) {
                owners[builder.rowCount()] = row;
                for (int i = 0; i < tuple.columnCount(); i++) {
                    builder.column(i).appendFrom(tuple.column(i), row);
                }
                if (builder.isFull()) {
                    addBatch(insert, builder.build(), parameters, owners, context, split, carries);
                }
            }
        }
        if (!builder.isEmpty()) {
            addBatch(insert, builder.build(), parameters, owners, context, split, carries);
        }
    }

    private static void addBatch(
            WritePlan.InsertRows insert,
            Batch rows,
            Batch parameters,
            int[] owners,
            EvaluationContext context,
            PartitionSplit split,
            boolean carries) {
        insert.rules().check(rows, context);
        split.add(rows, carries ? parameters.select(owners, rows.rowCount()) : new Batch(rows.rowCount()));
    }

    private Outcome insertQuery(WritePlan.InsertQuery insert, WriteRequest request) {
        EvaluationContext context = EvaluationContext.of(request.query());
        Returning returning = returning(insert.target(), insert.returning(), request);
        Optional<Outcome> stored = stored(insert.target(), returning, request);
        if (stored.isPresent()) {
            return stored.get();
        }
        PartitionSplit split = new PartitionSplit(insert.target(), request, limits);
        request.oneParameterRow();
        boolean carries = insert.conflict() instanceof Conflict.Change;
        try (BatchCursor cursor = queries.run(insert.query(), request.query())) {
            Batch input = cursor.next();
            while (input != null) {
                Batch rows = insert.maker().make(input, context, request.services());
                insert.rules().check(rows, context);
                Batch carried = carries
                        ? request.query().parameters().select(new int[rows.rowCount()], rows.rowCount())
                        : new Batch(rows.rowCount());
                split.add(rows, carried);
                input = cursor.next();
            }
        }
        return WriteRequest.await(
                send(insert.target(), split, insert.conflict(), insert.rules(), returning, context, request));
    }

    private static CompletionStage<Outcome> send(
            Target target,
            PartitionSplit split,
            Conflict conflict,
            RowRules rules,
            Returning returning,
            EvaluationContext context,
            WriteRequest request) {
        List<PartitionWrite> parts = new ArrayList<>();
        split.chunks()
                .forEach((partition, chunks) -> parts.add(new PartitionWrite(
                        partition,
                        target.id(),
                        target.version(),
                        new InsertCommand(target, chunks, conflict, rules, returning.stored(), context))));
        return request.start(parts).thenApply(result -> outcome(target, returning, result, request));
    }

    private static CompletionStage<Outcome> byKey(WritePlan.ByKey change, WriteRequest request) {
        Target target = change.target();
        EvaluationContext context = EvaluationContext.of(request.query());
        Returning returning = returning(target, change.returning(), request);
        KeyChangeSplit split = new KeyChangeSplit(change, request.partitionCount());
        for (Batch parameters : request.parameterRows()) {
            split.add(parameters, context);
        }
        List<PartitionWrite> parts = new ArrayList<>();
        split.named()
                .forEach((partition, named) -> parts.add(new PartitionWrite(
                        partition,
                        target.id(),
                        target.version(),
                        new KeyChange(
                                target,
                                named,
                                change.condition(),
                                change.assignments(),
                                change.isDelete(),
                                change.rules(),
                                returning.stored(),
                                context))));
        return request.start(parts).thenApply(result -> outcome(target, returning, result, request));
    }

    /** What a statement gives back: what RETURNING says, else the generated keys that the request asks for. */
    static Returning returning(Target target, Returning planned, WriteRequest request) {
        if (!planned.isNothing() || request.generatedKeys().isEmpty()) {
            return planned;
        }
        String database = request.services()
                .catalog()
                .findDatabase(target.container().databaseId())
                .map(DatabaseDescriptor::name)
                .orElse("");
        return Returning.generatedKeys(target.container(), database, request.generatedKeys());
    }

    /**
     * The answer of an earlier run of the same request, for statements whose rows are not the same in every run, so that
     * the partitions that know the token must be looked for.
     */
    static Optional<Outcome> stored(Target target, Returning returning, WriteRequest request) {
        List<StoredResult> results = request.findStored(target.allPartitions(request.partitionCount()));
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(outcome(target, returning, new WriteResult(results, true), request));
    }

    static Outcome outcome(Target target, Returning returning, @Nullable WriteResult result, WriteRequest request) {
        if (result == null) {
            return new Outcome(0, returning.columns(), List.of());
        }
        if (returning.isNothing()) {
            return new Outcome(result.updateCount(), List.of(), List.of());
        }
        EvaluationContext context = EvaluationContext.of(request.query());
        List<Batch> rows = new ArrayList<>();
        for (Batch ordered : ordered(target, returning, result)) {
            rows.add(returning.apply(ordered, context));
        }
        return new Outcome(result.updateCount(), returning.columns(), rows);
    }

    private record ReturnedRow(int position, Batch batch, int row) {}

    /** The rows of all partitions in the order of the statement. */
    private static List<Batch> ordered(Target target, Returning returning, WriteResult result) {
        List<ReturnedRow> rows = new ArrayList<>();
        for (StoredResult stored : result.results()) {
            Batch batch = stored.returning();
            if (batch != null && result.results().size() == 1 && isAscending(stored.rowPositions())) {
                return batch.rowCount() == 0 ? List.of() : List.of(batch);
            }
            for (int i = 0; batch != null && i < batch.rowCount(); i++) {
                rows.add(new ReturnedRow(stored.rowPositions().get(i), batch, i));
            }
        }
        rows.sort((a, b) -> Integer.compare(a.position, b.position));
        List<Batch> batches = new ArrayList<>();
        BatchBuilder builder = new BatchBuilder(
                IntStream.of(returning.stored()).mapToObj(target.types()::get).toList(), rows.size());
        for (ReturnedRow row : rows) {
            for (int i = 0; i < builder.columnCount(); i++) {
                ColumnVector column = row.batch.column(i);
                builder.column(i).appendFrom(column, row.row);
            }
            if (builder.isFull()) {
                batches.add(builder.build());
            }
        }
        if (!builder.isEmpty()) {
            batches.add(builder.build());
        }
        return batches;
    }

    private static boolean isAscending(List<Integer> positions) {
        for (int i = 1; i < positions.size(); i++) {
            if (positions.get(i) < positions.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    static TrellisException tooLarge(long bytes, WriteLimits limits) {
        return new TrellisException(
                ErrorCode.LIMIT_EXCEEDED,
                "statement changes too much at once: " + bytes + " bytes, at most " + limits.transactionBytes());
    }
}
