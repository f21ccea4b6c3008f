package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.GroupTable;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.kernel.CommonTypes;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.plan.Join;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which right rows may join a left row: those of its key, in their order, or all of them when the join has no keys. */
final class JoinTable implements AutoCloseable {
    private final Join plan;
    private final Reservation reservation;
    private final EvaluationContext context;
    private final List<DataType> keyTypes = new ArrayList<>();
    private final GroupTable table;
    /** The first row of each key, and the row that follows each row; −1 ends a chain. */
    private int[] heads = {};

    private int[] followers = {};
    private int rightRows;
    private int[] groups = {};

    JoinTable(Join plan, Reservation reservation, EvaluationContext context) {
        this.plan = plan;
        this.reservation = reservation;
        this.context = context;
        for (int i = 0; i < plan.leftKeys().size(); i++) {
            DataType left = plan.left().output().get(plan.leftKeys().get(i)).type();
            DataType right = plan.right().output().get(plan.rightKeys().get(i)).type();
            DataType common = CommonTypes.find(left, right);
            if (common == null) {
                throw new TrellisException(
                        ErrorCode.TYPE_MISMATCH, "types cannot be compared in a join: " + left + ", " + right);
            }
            keyTypes.add(common);
        }
        this.table = new GroupTable(keyTypes);
    }

    private boolean hasKeys() {
        return !keyTypes.isEmpty();
    }

    void build(ColumnVector[] columns, int rows) {
        rightRows = rows;
        if (!hasKeys()) {
            return;
        }
        reservation.atLeast(8L * rows);
        ColumnVector[] keys = keys(columns, plan.rightKeys());
        followers = new int[rows];
        int[] groupOfRow = new int[rows];
        for (int row = 0; row < rows; row++) {
            groupOfRow[row] = canMatch(keys, row) ? table.assign(keys, row) : -1;
        }
        reservation.atLeast(8L * rows + table.sizeBytes());
        heads = new int[table.size()];
        Arrays.fill(heads, -1);
        // backwards, so that a chain has its rows in order
        for (int row = rows - 1; row >= 0; row--) {
            int group = groupOfRow[row];
            if (group >= 0) {
                followers[row] = heads[group];
                heads[group] = row;
            }
        }
    }

    private ColumnVector[] keys(ColumnVector[] columns, List<Integer> positions) {
        ColumnVector[] keys = new ColumnVector[positions.size()];
        for (int i = 0; i < keys.length; i++) {
            ColumnVector column = columns[positions.get(i)];
            DataType common = keyTypes.get(i);
            boolean same = column.type().kind() == common.kind()
                    && column.type().scale() == common.scale()
                    && column.type().layout() == common.layout()
                    && (!column.type().kind().isTimestamp() || column.type().precision() == common.precision());
            boolean strings = column.type().kind().isString() && common.kind().isString();
            keys[i] = same || strings ? column.as(common) : Casts.convert(column, common, false, context);
        }
        return keys;
    }

    /** A NULL in a key matches nothing unless that key says so. */
    private boolean canMatch(ColumnVector[] keys, int row) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].isNull(row) && !plan.nullSafe().get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Looks up all rows of a left batch. */
    void probe(Batch batch) {
        if (!hasKeys()) {
            return;
        }
        ColumnVector[] keys = keys(Outputs.columns(batch), plan.leftKeys());
        groups = new int[batch.rowCount()];
        for (int row = 0; row < groups.length; row++) {
            groups[row] = canMatch(keys, row) ? table.find(keys, row) : -1;
        }
    }

    /** The first candidate of a row of the batch last probed, or −1. */
    int first(int leftRow) {
        if (!hasKeys()) {
            return rightRows == 0 ? -1 : 0;
        }
        int group = groups[leftRow];
        return group < 0 ? -1 : heads[group];
    }

    /** The candidate behind this one, or −1. */
    int following(int candidate) {
        if (!hasKeys()) {
            return candidate + 1 < rightRows ? candidate + 1 : -1;
        }
        return followers[candidate];
    }

    @Override
    public void close() {
        reservation.close();
    }
}
