package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Accumulator;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.WindowCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An aggregate over frames. Frames that only grow at their end are added up as they go; long frames of functions with a
 * partial state are put together from a tree of states over blocks of rows; the rest is computed frame by frame.
 */
final class FrameAggregate {
    /** Rows under the tree's lowest nodes. */
    private static final int BLOCK = 16;
    /** Frames up to this length are added row by row. */
    private static final int SHORT_FRAME = 4 * BLOCK;
    /** How many rows of frames are added between two looks at the deadline. */
    private static final int CHECK_ROWS = 1 << 16;

    private final AggregateCall call;
    private final List<DataType> types = new ArrayList<>();
    private final WindowRows rows;
    private final FrameBounds frames;
    private final Execution execution;
    private final ColumnVector[] arguments;
    private final int[] identity;
    private final int[] noGroups;
    private final boolean mergeable;
    private final boolean incremental;
    private long work;

    FrameAggregate(WindowCall call, WindowRows rows, FrameBounds frames, Execution execution) {
        this.call = new AggregateCall(call.function(), call.arguments(), call.distinct(), -1, List.of(), call.type());
        this.rows = rows;
        this.frames = frames;
        this.execution = execution;
        ColumnVector[] columns = new ColumnVector[call.arguments().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(call.arguments().get(i));
            types.add(columns[i].type());
        }
        Accumulator prototype = accumulator();
        this.arguments = prototype.prepare(columns);
        this.mergeable = !Aggregates.partialStateTypes(this.call, types).isEmpty();
        this.incremental = prototype.isIncremental();
        this.identity = Outputs.identity(rows.count());
        this.noGroups = new int[rows.count()];
    }

    private Accumulator accumulator() {
        Accumulator accumulator = Aggregates.create(call, types);
        accumulator.resize(1);
        return accumulator;
    }

    /** Appends the results of the partition's rows. */
    void append(int start, int end, VectorBuilder out) {
        int[][] segments = new int[end - start][];
        boolean growing = incremental;
        boolean longFrames = false;
        for (int i = 0; i < segments.length; i++) {
            segments[i] = frames.segments(start + i, start, end);
            int[] frame = segments[i];
            longFrames |= frame[frame.length - 1] - frame[0] > SHORT_FRAME;
            growing &= frame.length == 2 && frame[0] == start && (i == 0 || frame[1] >= segments[i - 1][1]);
        }
        if (growing) {
            appendGrowing(start, segments, out);
        } else if (mergeable && longFrames) {
            new StateTree(start, end).append(segments, out);
        } else {
            appendEach(segments, out);
        }
    }

    private void appendGrowing(int start, int[][] segments, VectorBuilder out) {
        Accumulator accumulator = accumulator();
        int added = start;
        for (int[] frame : segments) {
            if (frame[1] > added) {
                add(accumulator, added, frame[1], noGroups);
                added = frame[1];
            }
            accumulator.appendResult(0, out);
        }
    }

    private void appendEach(int[][] segments, VectorBuilder out) {
        Accumulator accumulator = accumulator();
        int[] last = null;
        for (int[] frame : segments) {
            if (last == null || !Arrays.equals(frame, last)) {
                accumulator = accumulator();
                for (int s = 0; s < frame.length; s += 2) {
                    add(accumulator, frame[s], frame[s + 1], noGroups);
                }
            }
            accumulator.appendResult(0, out);
            last = frame;
        }
    }

    private void add(Accumulator accumulator, int from, int to, int[] groups) {
        if (to > from) {
            int[] chosen = from == 0 ? identity : Arrays.copyOfRange(identity, from, to);
            accumulator.add(arguments, groups, chosen, to - from);
            work += to - from;
            if (work > CHECK_ROWS) {
                work = 0;
                execution.query().checkActive();
            }
        }
    }

    /** States of blocks of rows, of pairs of blocks, of pairs of those, … over one partition. */
    private final class StateTree {
        private final int start;
        private final List<ColumnVector[]> levels = new ArrayList<>();
        private final List<DataType> stateTypes = Aggregates.partialStateTypes(call, types);

        StateTree(int start, int end) {
            this.start = start;
            int[] groups = new int[rows.count()];
            for (long width = BLOCK; width <= end - start; width *= 2) {
                int nodes = (int) ((end - start) / width);
                int covered = (int) (start + nodes * width);
                for (int row = start; row < covered; row++) {
                    groups[row] = (int) ((row - start) / width);
                }
                Accumulator accumulator = Aggregates.create(call, types);
                accumulator.resize(nodes);
                FrameAggregate.this.add(accumulator, start, covered, groups);
                levels.add(states(accumulator, nodes));
            }
        }

        private ColumnVector[] states(Accumulator accumulator, int nodes) {
            VectorBuilder[] builders = new VectorBuilder[stateTypes.size()];
            for (int i = 0; i < builders.length; i++) {
                builders[i] = VectorBuilder.of(stateTypes.get(i), nodes);
            }
            for (int node = 0; node < nodes; node++) {
                accumulator.appendState(node, builders);
            }
            ColumnVector[] states = new ColumnVector[builders.length];
            for (int i = 0; i < states.length; i++) {
                states[i] = builders[i].build();
            }
            return states;
        }

        void append(int[][] segments, VectorBuilder out) {
            for (int[] frame : segments) {
                Accumulator accumulator = accumulator();
                for (int s = 0; s < frame.length; s += 2) {
                    collect(accumulator, frame[s], frame[s + 1]);
                }
                accumulator.appendResult(0, out);
            }
        }

        /** Adds rows up to a block's border, then the largest nodes that fit, then the rest. */
        private void collect(Accumulator accumulator, int from, int to) {
            int at = from;
            while (at < to) {
                int offset = at - start;
                if (offset % BLOCK != 0 || to - at < BLOCK) {
                    int stop = Math.min(to, at - offset % BLOCK + BLOCK);
                    add(accumulator, at, stop, noGroups);
                    at = stop;
                    continue;
                }
                int level = 0;
                long width = BLOCK;
                while (level + 1 < levels.size() && offset % (2 * width) == 0 && to - at >= 2 * width) {
                    level++;
                    width *= 2;
                }
                accumulator.merge(levels.get(level), (int) (offset / width), 0);
                at += (int) width;
            }
        }
    }
}
