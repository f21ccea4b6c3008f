package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.BytesAggregate;
import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.aggregate.WideAggregate;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.Int128VectorBuilder;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.IntVectorBuilder;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.ValueOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One value of a type per group: empty, NULL or present; the values lie in arrays of the type's layout. */
final class Cells {
    private static final byte EMPTY = 0;
    private static final byte NULL = 1;
    private static final byte PRESENT = 2;

    private final DataType type;
    private final Layout layout;
    private byte[] states = {};
    private long[] longs = {};
    private long[] highs = {};
    private double[] doubles = {};
    private byte[][] bytes = {};
    private @Nullable ColumnVector[] others = {};
    private long valueBytes;

    Cells(DataType type) {
        this.type = type;
        this.layout = type.layout();
    }

    DataType type() {
        return type;
    }

    void resize(int groups) {
        int length = Accumulator.grown(states.length, groups);
        if (length == states.length) {
            return;
        }
        states = Arrays.copyOf(states, length);
        switch (layout) {
            case INT, LONG -> longs = Arrays.copyOf(longs, length);
            case DOUBLE -> doubles = Arrays.copyOf(doubles, length);
            case INT128 -> {
                longs = Arrays.copyOf(longs, length);
                highs = Arrays.copyOf(highs, length);
            }
            case BYTES -> bytes = Arrays.copyOf(bytes, length);
            case ARRAY -> others = Arrays.copyOf(others, length);
        }
    }

    boolean isEmpty(int cell) {
        return states[cell] == EMPTY;
    }

    void set(int cell, ColumnVector source, int row) {
        if (source.isNull(row)) {
            states[cell] = NULL;
            return;
        }
        states[cell] = PRESENT;
        switch (layout) {
            case INT -> longs[cell] = ((IntVector) source).get(row);
            case LONG -> longs[cell] = ((LongVector) source).get(row);
            case DOUBLE -> doubles[cell] = ((DoubleVector) source).get(row);
            case INT128 -> {
                longs[cell] = ((Int128Vector) source).low(row);
                highs[cell] = ((Int128Vector) source).high(row);
            }
            case BYTES -> {
                valueBytes += bytes[cell] == null ? 16 : -bytes[cell].length;
                bytes[cell] = ((BytesVector) source).copy(row);
                valueBytes += bytes[cell].length;
            }
            case ARRAY -> {
                ColumnVector value = source.slice(row, row + 1);
                valueBytes += value.sizeBytes();
                others[cell] = value;
            }
        }
    }

    /** Which value of a column's aggregate is meant. */
    enum Choice {
        MIN,
        MAX,
        FIRST,
        LAST
    }

    /** Sets the cell to a value of an aggregate that has any. */
    void set(int cell, ColumnAggregate source, Choice choice) {
        requireComplete(source);
        states[cell] = PRESENT;
        if (source instanceof LongAggregate from) {
            longs[cell] = of(from, choice);
        } else if (source instanceof DoubleAggregate from) {
            doubles[cell] = of(from, choice);
        } else if (source instanceof WideAggregate from) {
            WideAggregate.Wide value = of(from, choice);
            longs[cell] = value.low();
            highs[cell] = value.high();
        } else {
            valueBytes += bytes[cell] == null ? 16 : -bytes[cell].length;
            bytes[cell] = of((BytesAggregate) source, choice);
            valueBytes += bytes[cell].length;
        }
    }

    private static void requireComplete(ColumnAggregate source) {
        if (!source.isComplete()) {
            throw new IllegalStateException("store left out the extremes of a column");
        }
    }

    /** Makes the cell a NULL. */
    void clear(int cell) {
        states[cell] = NULL;
    }

    /** Compares a present cell with a value of an aggregate that has any. */
    int compare(int cell, ColumnAggregate source, Choice choice) {
        requireComplete(source);
        if (source instanceof LongAggregate from) {
            return Long.compare(longs[cell], of(from, choice));
        }
        if (source instanceof DoubleAggregate from) {
            return ValueOrder.compare(doubles[cell], of(from, choice));
        }
        if (source instanceof WideAggregate from) {
            WideAggregate.Wide value = of(from, choice);
            return compareWide(cell, value.high(), value.low());
        }
        return Arrays.compareUnsigned(bytes[cell], of((BytesAggregate) source, choice));
    }

    private static long of(LongAggregate from, Choice choice) {
        return switch (choice) {
            case MIN -> from.min();
            case MAX -> from.max();
            case FIRST -> from.first();
            case LAST -> from.last();
        };
    }

    private static double of(DoubleAggregate from, Choice choice) {
        return switch (choice) {
            case MIN -> from.min();
            case MAX -> from.max();
            case FIRST -> from.first();
            case LAST -> from.last();
        };
    }

    private static WideAggregate.Wide of(WideAggregate from, Choice choice) {
        return switch (choice) {
            case MIN -> from.min();
            case MAX -> from.max();
            case FIRST -> from.first();
            case LAST -> from.last();
        };
    }

    private static byte[] of(BytesAggregate from, Choice choice) {
        return switch (choice) {
            case MIN -> from.min();
            case MAX -> from.max();
            case FIRST -> from.first();
            case LAST -> from.last();
        };
    }

    private int compareWide(int cell, long otherHigh, long otherLow) {
        int high = type.kind() == TypeKind.UUID
                ? Long.compareUnsigned(highs[cell], otherHigh)
                : Long.compare(highs[cell], otherHigh);
        return high != 0 ? high : Long.compareUnsigned(longs[cell], otherLow);
    }

    /** Compares a present cell with a value that is not NULL. */
    int compare(int cell, ColumnVector source, int row) {
        return switch (layout) {
            case INT -> Long.compare(longs[cell], ((IntVector) source).get(row));
            case LONG -> Long.compare(longs[cell], ((LongVector) source).get(row));
            case DOUBLE -> ValueOrder.compare(doubles[cell], ((DoubleVector) source).get(row));
            case INT128 -> {
                Int128Vector vector = (Int128Vector) source;
                yield compareWide(cell, vector.high(row), vector.low(row));
            }
            case BYTES -> {
                BytesVector vector = (BytesVector) source;
                byte[] own = bytes[cell];
                yield Arrays.compareUnsigned(
                        own, 0, own.length, vector.bytes(), vector.offset(row), vector.offset(row + 1));
            }
            case ARRAY -> {
                ColumnVector own = others[cell];
                if (own == null) {
                    throw new IllegalStateException("cell is empty: " + cell);
                }
                yield ValueOrder.compare(own, 0, source, row);
            }
        };
    }

    /** Appends the cell's value; NULL when it is empty. */
    void append(int cell, VectorBuilder out) {
        if (states[cell] != PRESENT) {
            out.appendNull();
            return;
        }
        switch (layout) {
            case INT -> ((IntVectorBuilder) out).appendInt((int) longs[cell]);
            case LONG -> ((LongVectorBuilder) out).appendLong(longs[cell]);
            case DOUBLE -> ((DoubleVectorBuilder) out).appendDouble(doubles[cell]);
            case INT128 -> ((Int128VectorBuilder) out).append(highs[cell], longs[cell]);
            case BYTES -> ((BytesVectorBuilder) out).append(bytes[cell], 0, bytes[cell].length);
            case ARRAY -> {
                ColumnVector own = others[cell];
                if (own == null) {
                    throw new IllegalStateException("cell is empty: " + cell);
                }
                out.appendFrom(own, 0);
            }
        }
    }

    long sizeBytes() {
        return states.length
                + 8L * (longs.length + highs.length + doubles.length + bytes.length + others.length)
                + valueBytes;
    }
}
