package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.write.PartitionWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One execution of a change that reads its rows first. Confined to the statement's thread. */
final class ReadFirstRun {
    private final WritePlan.ReadFirst plan;
    private final Target target;
    private final WriteRequest request;
    private final QueryRunner queries;
    private final WriteLimits limits;
    private final Returning returning;

    ReadFirstRun(WritePlan.ReadFirst plan, WriteRequest request, QueryRunner queries, WriteLimits limits) {
        this.plan = plan;
        this.target = plan.target();
        this.request = request;
        this.queries = queries;
        this.limits = limits;
        this.returning = WriteRunner.returning(target, plan.returning(), request);
    }

    WriteRunner.Outcome run() {
        Optional<WriteRunner.Outcome> stored = WriteRunner.stored(target, returning, request);
        if (stored.isPresent()) {
            return stored.get();
        }
        int reruns = 0;
        while (true) {
            request.query().checkActive();
            try {
                return attempt();
            } catch (TrellisException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE || reruns++ == limits.rerunLimit()) {
                    throw e;
                }
            }
        }
    }

    private WriteRunner.Outcome attempt() {
        Rows rows = new Rows();
        try {
            for (Batch parameters : request.parameterRows()) {
                for (int row = 0; row < parameters.rowCount(); row++) {
                    boolean only = request.parameterRows().size() == 1 && parameters.rowCount() == 1;
                    read(only ? request.query() : request.contexts().apply(parameters.slice(row, row + 1)), rows);
                }
            }
            return WriteRunner.outcome(target, returning, request.write(rows.parts()), request);
        } finally {
            request.query().memory().release(rows.reserved);
        }
    }

    private void read(QueryContext query, Rows rows) {
        EvaluationContext context = EvaluationContext.of(query);
        try (BatchCursor cursor = queries.run(plan.query(), query)) {
            Batch batch = cursor.next();
            while (batch != null) {
                query.checkActive();
                rows.reserve(batch.sizeBytes());
                rows.add(batch, context);
                batch = cursor.next();
            }
        }
    }

    /** What one attempt has read. */
    private final class Rows {
        private final KeyIndex seen = new KeyIndex(Batch.MAX_ROWS);
        private final Map<Integer, List<ChangeRows.Compared>> compared = new HashMap<>();
        private final PartitionSplit inserts = new PartitionSplit(target, request, limits);
        private int rowCount;
        private long reserved;

        void reserve(long added) {
            request.query().memory().reserve(added);
            reserved += added;
            if (reserved > limits.transactionBytes()) {
                throw WriteRunner.tooLarge(reserved, limits);
            }
        }

        void add(Batch batch, EvaluationContext context) {
            int[] matched = new int[batch.rowCount()];
            int[] unmatched = new int[batch.rowCount()];
            int count = 0;
            ColumnVector rowKeys = batch.column(0);
            for (int row = 0; row < matched.length; row++) {
                if (rowKeys.isNull(row)) {
                    unmatched[row - count] = row;
                } else {
                    matched[count++] = row;
                }
            }
            if (plan.updates() && count > 0) {
                change(count == matched.length ? batch : batch.select(matched, count), context);
            }
            RowMaker maker = plan.inserted();
            if (maker != null && count < matched.length) {
                Batch made = maker.make(batch.select(unmatched, matched.length - count), context, request.services());
                plan.rules().check(made, context);
                inserts.add(made, new Batch(made.rowCount()));
            }
        }

        private void change(Batch batch, EvaluationContext context) {
            int[] columns = new int[target.width()];
            Arrays.setAll(columns, i -> i + 1);
            Batch before = batch.project(columns);
            List<byte[]> keys = keys((BytesVector) batch.column(0));
            int[] positions = new int[keys.size()];
            Arrays.setAll(positions, i -> rowCount + i);
            rowCount += positions.length;
            List<Assignment> assignments = plan.assignments();
            Chunk after = assignments == null ? null : after(assignments, batch, before, keys, positions, context);
            int[] partitions = target.partitions(before, request.partitionCount());
            if (partitions == null) {
                put(target.onlyPartition(), new ChangeRows.Compared(keys, before, positions, after));
                return;
            }
            Map<Integer, List<Integer>> byPartition = new HashMap<>();
            for (int row = 0; row < partitions.length; row++) {
                byPartition
                        .computeIfAbsent(partitions[row], p -> new ArrayList<>())
                        .add(row);
            }
            byPartition.forEach((partition, rows) -> put(partition, select(keys, before, positions, after, rows)));
        }

        private ChangeRows.Compared select(
                List<byte[]> keys, Batch before, int[] positions, @Nullable Chunk after, List<Integer> rows) {
            int[] chosen = rows.stream().mapToInt(Integer::intValue).toArray();
            return new ChangeRows.Compared(
                    rows.stream().map(keys::get).toList(),
                    before.select(chosen, chosen.length),
                    Arrays.stream(chosen).map(row -> positions[row]).toArray(),
                    after == null ? null : after.select(chosen, chosen.length));
        }

        private void put(int partition, ChangeRows.Compared rows) {
            compared.computeIfAbsent(partition, p -> new ArrayList<>()).add(rows);
        }

        private List<byte[]> keys(BytesVector vector) {
            List<byte[]> keys = new ArrayList<>(vector.size());
            for (int row = 0; row < vector.size(); row++) {
                byte[] key = vector.copy(row);
                if (seen.put(key, row) >= 0) {
                    throw InsertDecision.changedTwice(target);
                }
                keys.add(key);
            }
            return keys;
        }

        private Chunk after(
                List<Assignment> assignments,
                Batch input,
                Batch before,
                List<byte[]> keys,
                int[] positions,
                EvaluationContext context) {
            Batch after = Assignment.apply(assignments, before, input, context);
            plan.rules().check(after, context);
            boolean keepsKeys = !target.hasKey()
                    || Arrays.stream(target.keyColumns())
                            .noneMatch(key -> assignments.stream().anyMatch(each -> each.column() == key));
            List<byte[]> newKeys = keepsKeys ? keys : target.keys(after);
            return new Chunk(after, newKeys, positions, new Batch(after.rowCount()));
        }

        List<PartitionWrite> parts() {
            Set<Integer> partitions = new TreeSet<>(compared.keySet());
            partitions.addAll(inserts.chunks().keySet());
            List<Assignment> assignments = plan.assignments();
            List<UniqueKey> touched = plan.inserted() != null || assignments == null
                    ? target.uniqueKeys()
                    : Assignment.touched(target.uniqueKeys(), assignments);
            List<PartitionWrite> parts = new ArrayList<>();
            for (int partition : partitions) {
                ChangeRows command = new ChangeRows(
                        target,
                        compared.getOrDefault(partition, List.of()),
                        inserts.chunks().getOrDefault(partition, List.of()),
                        touched,
                        returning.stored());
                parts.add(new PartitionWrite(partition, target.id(), target.version(), command));
            }
            return parts;
        }
    }
}
