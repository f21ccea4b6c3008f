package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Accumulator;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.aggregate.GroupTable;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups rows in hash tables, one per grouping set. Groups come out in the order in which they were first seen. */
final class AggregateOperator implements Operator {
    private final Aggregate plan;
    private final BatchCursor input;
    private final Execution execution;
    private final Reservation reservation;
    private final DataType[] types;
    private final List<OutputColumn> inputColumns;
    private final List<Grouping> groupings = new ArrayList<>();
    private int[] groups = new int[Batch.MAX_ROWS];
    private boolean consumed;
    private int grouping;
    private int at;

    /** The groups of one grouping set. */
    private static final class Grouping {
        private final List<Integer> set;
        private final GroupTable table;
        private final Accumulator[] accumulators;
        private ColumnVector @Nullable [] keys;

        Grouping(List<Integer> set, GroupTable table, Accumulator[] accumulators) {
            this.set = set;
            this.table = table;
            this.accumulators = accumulators;
        }

        ColumnVector[] keys() {
            if (keys == null) {
                keys = table.takeKeys();
            }
            return keys;
        }

        long sizeBytes() {
            long size = table.sizeBytes();
            for (Accumulator accumulator : accumulators) {
                size += accumulator.sizeBytes();
            }
            return size;
        }
    }

    AggregateOperator(Aggregate plan, BatchCursor input, Execution execution) {
        this.plan = plan;
        this.input = input;
        this.execution = execution;
        this.reservation = execution.reservation();
        this.types = Outputs.typeArray(plan.output());
        this.inputColumns = plan.input().output();
        for (List<Integer> set : plan.groupingSets()) {
            List<DataType> keyTypes = new ArrayList<>();
            for (int position : set) {
                keyTypes.add(type(plan.groupBy().get(position)));
            }
            groupings.add(new Grouping(set, new GroupTable(keyTypes), accumulators()));
        }
    }

    private DataType type(int column) {
        return inputColumns.get(column).type();
    }

    private Accumulator[] accumulators() {
        Accumulator[] accumulators = new Accumulator[plan.calls().size()];
        for (int i = 0; i < accumulators.length; i++) {
            AggregateCall call = plan.calls().get(i);
            List<DataType> argumentTypes = new ArrayList<>();
            for (int column : Aggregates.columns(call)) {
                argumentTypes.add(type(column));
            }
            accumulators[i] = plan.mode() == Aggregate.Mode.FINAL
                    ? Aggregates.createFinal(call, argumentTypes)
                    : Aggregates.create(call, argumentTypes);
        }
        return accumulators;
    }

    @Override
    public @Nullable Batch next() {
        if (!consumed) {
            consume();
        }
        while (grouping < groupings.size()) {
            Grouping current = groupings.get(grouping);
            int to = Math.min(current.table.size(), at + Batch.MAX_ROWS);
            if (to > at) {
                Batch batch = results(current, at, to);
                at = to;
                return batch;
            }
            grouping++;
            at = 0;
        }
        return null;
    }

    private void consume() {
        consumed = true;
        for (Grouping each : groupings) {
            if (each.set.isEmpty()) {
                // a group of all rows exists without rows
                each.table.assign(new ColumnVector[0], 0);
                resize(each);
            }
        }
        int[] allRows = Outputs.identity(Batch.MAX_ROWS);
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            execution.query().checkActive();
            long size = 0;
            for (Grouping each : groupings) {
                add(each, batch, allRows);
                size += each.sizeBytes();
            }
            reservation.atLeast(size);
        }
        input.close();
    }

    private static void resize(Grouping grouping) {
        for (Accumulator accumulator : grouping.accumulators) {
            accumulator.resize(grouping.table.size());
        }
    }

    private void add(Grouping target, Batch batch, int[] allRows) {
        ColumnVector[] keys = new ColumnVector[target.set.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = batch.column(plan.groupBy().get(target.set.get(i)));
        }
        if (groups.length < batch.rowCount()) {
            groups = new int[batch.rowCount()];
        }
        if (keys.length == 0) {
            Arrays.fill(groups, 0, batch.rowCount(), 0);
        } else {
            target.table.assign(keys, batch.rowCount(), groups);
        }
        resize(target);
        for (int i = 0; i < target.accumulators.length; i++) {
            add(target.accumulators[i], plan.calls().get(i), batch, allRows);
        }
    }

    private void add(Accumulator accumulator, AggregateCall call, Batch batch, int[] allRows) {
        int[] columns = Aggregates.columns(call);
        ColumnVector[] arguments = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            arguments[i] = batch.column(columns[i]);
        }
        if (plan.mode() == Aggregate.Mode.FINAL) {
            accumulator.merge(arguments, groups, batch.rowCount());
            return;
        }
        ColumnVector[] prepared = accumulator.prepare(arguments);
        if (call.filter() < 0) {
            accumulator.add(prepared, groups, allRows, batch.rowCount());
            return;
        }
        IntVector filter = (IntVector) batch.column(call.filter());
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (filter.get(row) != 0 && !filter.isNull(row)) {
                rows[count++] = row;
            }
        }
        accumulator.add(prepared, groups, rows, count);
    }

    private Batch results(Grouping from, int start, int end) {
        List<ColumnVector> columns = new ArrayList<>();
        for (int position = 0; position < plan.groupBy().size(); position++) {
            int key = from.set.indexOf(position);
            DataType type = types[columns.size()];
            columns.add(
                    key < 0
                            ? Vectors.nulls(type, end - start)
                            : from.keys()[key].slice(start, end).as(type));
        }
        for (Accumulator accumulator : from.accumulators) {
            if (plan.mode() == Aggregate.Mode.PARTIAL) {
                states(accumulator, start, end, columns);
            } else {
                VectorBuilder out = VectorBuilder.of(types[columns.size()], end - start);
                for (int group = start; group < end; group++) {
                    accumulator.appendResult(group, out);
                }
                columns.add(out.build());
            }
        }
        if (groupings.size() > 1) {
            int[] numbers = new int[end - start];
            Arrays.fill(numbers, grouping);
            columns.add(new IntVector(DataType.INTEGER, numbers, null, numbers.length));
        }
        return new Batch(end - start, columns.toArray(new ColumnVector[0]));
    }

    static void states(Accumulator accumulator, int start, int end, List<ColumnVector> columns) {
        List<DataType> stateTypes = accumulator.stateTypes();
        VectorBuilder[] out = new VectorBuilder[stateTypes.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = VectorBuilder.of(stateTypes.get(i), end - start);
        }
        for (int group = start; group < end; group++) {
            accumulator.appendState(group, out);
        }
        for (VectorBuilder builder : out) {
            columns.add(builder.build());
        }
    }

    @Override
    public void close() {
        input.close();
        reservation.close();
    }
}
