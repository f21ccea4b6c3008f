package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.type.DataType;

/** Expressions that evaluate an argument only on the rows that need it. */
final class BranchNodes {
    private BranchNodes() {}

    private static int[] allRows(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        return rows;
    }

    /** Composes: the chosen positions of {@code rows}. */
    private static int[] compose(int[] rows, int[] positions, int count) {
        int[] composed = new int[count];
        for (int i = 0; i < count; i++) {
            composed[i] = rows[positions[i]];
        }
        return composed;
    }

    /** AND and OR: a later argument is evaluated only where the earlier ones have not decided. */
    static final class Junction extends Node {
        private final Node[] arguments;
        /** The value of one argument that decides: false for AND, true for OR. */
        private final boolean decisive;

        Junction(boolean and, Node... arguments) {
            super(DataType.BOOLEAN, false);
            this.arguments = arguments;
            this.decisive = !and;
        }

        @Override
        Operand evaluate(Input input) {
            int count = input.rowCount();
            int[] out = new int[count];
            long[] unknown = NullBits.create(count);
            int[] open = allRows(count);
            int openCount = count;
            boolean anyUnknown = false;
            for (Node argument : arguments) {
                if (openCount == 0) {
                    break;
                }
                Operand value = argument.evaluate(input.select(open, openCount));
                int[] still = new int[openCount];
                int stillCount = 0;
                for (int k = 0; k < openCount; k++) {
                    int row = open[k];
                    if (value.isNull(k)) {
                        NullBits.set(unknown, row);
                        anyUnknown = true;
                        still[stillCount++] = row;
                    } else if (value.bool(k) == decisive) {
                        out[row] = 1;
                        unknown[row >> 6] &= ~(1L << row);
                    } else {
                        still[stillCount++] = row;
                    }
                }
                open = still;
                openCount = stillCount;
            }
            // out marks decided rows so far
            if (!decisive) {
                for (int row = 0; row < count; row++) {
                    out[row] = out[row] == 0 && !NullBits.isNull(unknown, row) ? 1 : 0;
                }
            }
            return Operand.of(new IntVector(DataType.BOOLEAN, out, anyUnknown ? unknown : null, count));
        }
    }

    /** CASE. */
    static final class CaseOf extends Node {
        private final Node[] conditions;
        private final Node[] values;
        private final Node otherwise;

        CaseOf(DataType type, Node[] conditions, Node[] values, Node otherwise) {
            super(type, false);
            this.conditions = conditions;
            this.values = values;
            this.otherwise = otherwise;
        }

        @Override
        Operand evaluate(Input input) {
            int count = input.rowCount();
            Scatter result = new Scatter(type(), count);
            Input rest = input;
            int[] restRows = allRows(count);
            for (int branch = 0; branch < conditions.length && rest.rowCount() > 0; branch++) {
                int size = rest.rowCount();
                Operand condition = conditions[branch].evaluate(rest);
                int[] met = new int[size];
                int[] unmet = new int[size];
                int metCount = 0;
                int unmetCount = 0;
                for (int k = 0; k < size; k++) {
                    if (!condition.isNull(k) && condition.bool(k)) {
                        met[metCount++] = k;
                    } else {
                        unmet[unmetCount++] = k;
                    }
                }
                if (metCount > 0) {
                    Operand value = values[branch].evaluate(rest.select(met, metCount));
                    if (metCount == count) {
                        return value;
                    }
                    result.put(value, compose(restRows, met, metCount), metCount);
                    rest = rest.select(unmet, unmetCount);
                    restRows = compose(restRows, unmet, unmetCount);
                }
            }
            if (rest.rowCount() > 0) {
                Operand value = otherwise.evaluate(rest);
                if (rest.rowCount() == count) {
                    return value;
                }
                result.put(value, restRows, rest.rowCount());
            }
            return Operand.of(result.build());
        }
    }

    /** COALESCE. */
    static final class FirstPresent extends Node {
        private final Node[] arguments;

        FirstPresent(DataType type, Node... arguments) {
            super(type, false);
            this.arguments = arguments;
        }

        @Override
        Operand evaluate(Input input) {
            int count = input.rowCount();
            Scatter result = new Scatter(type(), count);
            Input rest = input;
            int[] restRows = allRows(count);
            for (int i = 0; i < arguments.length && rest.rowCount() > 0; i++) {
                Operand value = arguments[i].evaluate(rest);
                int size = rest.rowCount();
                if (size == count && (!value.mayHaveNulls() || i == arguments.length - 1)) {
                    return value;
                }
                result.put(value, restRows, size);
                int[] absent = new int[size];
                int absentCount = 0;
                for (int k = 0; k < size; k++) {
                    if (value.isNull(k)) {
                        absent[absentCount++] = k;
                    }
                }
                rest = rest.select(absent, absentCount);
                restRows = compose(restRows, absent, absentCount);
            }
            return Operand.of(result.build());
        }
    }
}
