package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Accumulator;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.aggregate.GroupTable;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.sql.plan.SeriesAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes results, or partial states, of what the store has aggregated. Where the groups hold the whole series key, every
 * result of the store is a group of its own and passes through; otherwise results meet in a group table.
 */
final class SeriesAggregateOperator implements Operator {
    private final SeriesAggregate plan;
    private final SeriesResults results;
    private final Reservation reservation;
    private final DataType[] types;
    private final boolean passing;
    private Accumulator[] accumulators = {};
    private ColumnVector[] keys = {};
    private int size = -1;
    private int at;
    private int[] groups = {};

    SeriesAggregateOperator(SeriesAggregate plan, Execution execution) {
        this.plan = plan;
        this.results = new SeriesResults(plan, execution);
        this.reservation = execution.reservation();
        this.types = Outputs.typeArray(plan.output());
        this.passing = isPassing(plan);
    }

    /** Whether no two results of the store belong to one group. */
    private static boolean isPassing(SeriesAggregate plan) {
        SeriesAccess access = Objects.requireNonNull(plan.input().series(), "series");
        long columns = plan.groups().stream()
                .filter(SeriesAggregate.Group.KeyColumn.class::isInstance)
                .map(group -> plan.input().columnIds().get(((SeriesAggregate.Group.KeyColumn) group).position()))
                .distinct()
                .count();
        return columns > 0 && columns == access.keyColumns().size();
    }

    private Accumulator[] accumulators() {
        Accumulator[] made = new Accumulator[plan.calls().size()];
        for (int i = 0; i < made.length; i++) {
            AggregateCall call = plan.calls().get(i);
            List<DataType> argumentTypes = new ArrayList<>();
            for (int column : Aggregates.columns(call)) {
                argumentTypes.add(plan.input().output().get(column).type());
            }
            made[i] = Aggregates.create(call, argumentTypes);
        }
        return made;
    }

    @Override
    public @Nullable Batch next() {
        if (passing) {
            SeriesResults.Chunk chunk = results.next();
            return chunk == null ? null : passed(chunk);
        }
        if (size < 0) {
            consume();
        }
        if (at == size) {
            return null;
        }
        int to = Math.min(size, at + Batch.MAX_ROWS);
        Batch batch = output(at, to);
        at = to;
        return batch;
    }

    /** One group for each result. */
    private Batch passed(SeriesResults.Chunk chunk) {
        accumulators = accumulators();
        int[] numbers = Outputs.identity(chunk.count());
        add(chunk, numbers, chunk.count());
        keys = chunk.keys();
        if (chunk.count() < keys[0].size()) {
            for (int i = 0; i < keys.length; i++) {
                keys[i] = keys[i].select(chunk.results(), chunk.count());
            }
        }
        return output(0, chunk.count());
    }

    private void consume() {
        GroupTable groupTable = new GroupTable(results.keyTypes());
        accumulators = accumulators();
        if (plan.groups().isEmpty()) {
            // a group of all rows exists without rows
            groupTable.assign(new ColumnVector[0], 0);
            resize(1);
        }
        for (SeriesResults.Chunk chunk = results.next(); chunk != null; chunk = results.next()) {
            if (groups.length < chunk.count()) {
                groups = new int[chunk.count()];
            }
            for (int i = 0; i < chunk.count(); i++) {
                groups[i] = groupTable.assign(chunk.keys(), chunk.results()[i]);
            }
            add(chunk, groups, groupTable.size());
            long bytes = groupTable.sizeBytes();
            for (Accumulator accumulator : accumulators) {
                bytes += accumulator.sizeBytes();
            }
            reservation.atLeast(bytes);
        }
        size = groupTable.size();
        keys = groupTable.takeKeys();
    }

    private void resize(int count) {
        for (Accumulator accumulator : accumulators) {
            accumulator.resize(count);
        }
    }

    private void add(SeriesResults.Chunk chunk, int[] groupOf, int groupCount) {
        resize(groupCount);
        for (int call = 0; call < accumulators.length; call++) {
            for (int i = 0; i < chunk.count(); i++) {
                int result = chunk.results()[i];
                accumulators[call].addAggregate(groupOf[i], results.rows(result), results.aggregate(call, result));
            }
        }
    }

    private Batch output(int start, int end) {
        List<ColumnVector> columns = new ArrayList<>();
        for (ColumnVector key : keys) {
            ColumnVector part = start == 0 && end == key.size() ? key : key.slice(start, end);
            columns.add(part.as(types[columns.size()]));
        }
        for (Accumulator accumulator : accumulators) {
            if (plan.mode() == Aggregate.Mode.PARTIAL) {
                AggregateOperator.states(accumulator, start, end, columns);
            } else {
                VectorBuilder out = VectorBuilder.of(types[columns.size()], end - start);
                for (int group = start; group < end; group++) {
                    accumulator.appendResult(group, out);
                }
                columns.add(out.build());
            }
        }
        return new Batch(end - start, columns.toArray(new ColumnVector[0]));
    }

    @Override
    public void close() {
        results.close();
        reservation.close();
    }
}
