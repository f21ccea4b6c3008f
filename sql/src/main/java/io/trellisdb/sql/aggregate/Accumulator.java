package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of one aggregate call for groups 0, 1, 2, …. Rows come as {@link #add}, or as other accumulators' states by
 * {@link #merge}. Confined to one thread.
 */
public abstract class Accumulator {
    /** Brings the argument columns (then the order columns) of a batch into the form that {@link #add} takes. */
    public ColumnVector[] prepare(ColumnVector[] arguments) {
        return arguments;
    }

    /** Makes room for groups below {@code groups}; new ones are empty. Called before rows of new groups are added. */
    public abstract void resize(int groups);

    /** Adds the rows {@code rows[0..count)} of prepared columns; row r belongs to group {@code groups[r]}. */
    public abstract void add(ColumnVector[] arguments, int[] groups, int[] rows, int count);

    /** Appends a group's result. */
    public abstract void appendResult(int group, VectorBuilder out);

    /** The types of the columns that hold a partial state; empty when the function is not computed in two phases. */
    public List<DataType> stateTypes() {
        return List.of();
    }

    /** Appends a group's partial state, one value to each builder. */
    public void appendState(int group, VectorBuilder[] out) {
        throw new IllegalStateException("aggregate has no partial state");
    }

    /** Adds partial states: row r's state belongs to group {@code groups[r]}. */
    public final void merge(ColumnVector[] states, int[] groups, int rows) {
        for (int row = 0; row < rows; row++) {
            merge(states, row, groups[row]);
        }
    }

    /** Adds one partial state to a group. */
    public void merge(ColumnVector[] states, int row, int group) {
        throw new IllegalStateException("aggregate has no partial state");
    }

    /**
     * Adds rows of one column that the store has aggregated already.
     *
     * @param rows how many they are, NULLs among them
     * @param column their aggregate; null for COUNT of rows
     */
    public void addAggregate(int group, long rows, @Nullable ColumnAggregate column) {
        throw new IllegalStateException("aggregate is not computed by stores");
    }

    /** Whether rows may still be added after a result was read. */
    public boolean isIncremental() {
        return true;
    }

    /** Heap that the states take, about. */
    public abstract long sizeBytes();

    static int grown(int length, int needed) {
        return length >= needed ? length : Math.max(needed, Math.max(8, length + (length >> 1)));
    }
}
