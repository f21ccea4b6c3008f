package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;

/** Window functions that share partitioning, order and frame. */
public record WindowGroup(List<Integer> partitionBy, List<SortKey> orderBy, Frame frame, List<WindowCall> calls) {
    public WindowGroup {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
        calls = List.copyOf(calls);
    }

    /** The rows around the current one that a function sees. */
    public record Frame(Unit unit, Bound lower, Bound upper, Exclude exclude) {}

    /** What frame bounds count. */
    public enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    /** Which rows of the frame are left out. */
    public enum Exclude {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    /** One end of a frame. */
    public sealed interface Bound {
        record Unbounded() implements Bound {}

        record CurrentRow() implements Bound {}

        /**
         * @param offset a constant expression (literal or parameter): a count for ROWS and GROUPS, a value or interval to
         *     subtract (preceding) or add for RANGE
         */
        record Offset(Expression offset, boolean preceding) implements Bound {}
    }
}
