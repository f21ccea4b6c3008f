package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One column of a {@link Run}: append-only arrays. Rows below a length that was published through a volatile never change;
 * when an array is full it is copied, and the volatile reference to it makes the copy visible with its content. The writer
 * thread appends, any thread reads published rows.
 */
final class RunColumn {
    private static final int FIRST_CAPACITY = 4;
    private static final int SMALL = 64;
    /** Of a column and its array. */
    private static final int OVERHEAD = 64;

    private final DataType type;
    /** {@code int[]}, {@code long[]} (INT128: high and low alternate), {@code double[]}, or for BYTES {@code byte[]}. */
    private volatile Object values;
    /** Where rows end: BYTES and ARRAY only. */
    private volatile int[] ends;

    /** A byte for each row, since readers and writer would share the words of a bitmap; null until the first NULL. */
    private volatile boolean @Nullable [] nulls;

    private final @Nullable RunColumn elements;
    private int size;
    private int used;

    RunColumn(DataType type) {
        this.type = type;
        this.ends = new int[0];
        this.values = switch (type.layout()) {
            case INT -> new int[0];
            case LONG, INT128 -> new long[0];
            case DOUBLE -> new double[0];
            case BYTES -> new byte[0];
            case ARRAY -> new Object[0];
        };
        this.elements = type.element() == null ? null : new RunColumn(type.elementType());
    }

    private static int grown(long needed) {
        // a window that is begun stays small: there may be very many
        long capacity = Math.max(FIRST_CAPACITY, needed < SMALL ? needed + (needed >> 2) : needed + (needed >> 1));
        if (needed > Integer.MAX_VALUE - 8) {
            throw new TrellisException(ErrorCode.LIMIT_EXCEEDED, "window holds too much: " + needed);
        }
        return (int) Math.min(capacity, Integer.MAX_VALUE - 8);
    }

    /** Appends a row of a vector of the same layout. */
    void append(ColumnVector vector, int row) {
        if (vector.isNull(row)) {
            appendNull();
            return;
        }
        switch (type.layout()) {
            case INT -> ints(1)[size] = ((IntVector) vector).get(row);
            case LONG -> longs(1, 1)[size] = ((LongVector) vector).get(row);
            case DOUBLE -> doubles(1)[size] = ((DoubleVector) vector).get(row);
            case INT128 -> {
                long[] to = longs(2, 1);
                to[2 * size] = ((Int128Vector) vector).high(row);
                to[2 * size + 1] = ((Int128Vector) vector).low(row);
            }
            case BYTES -> {
                BytesVector bytes = (BytesVector) vector;
                int length = bytes.length(row);
                System.arraycopy(bytes.bytes(), bytes.offset(row), bytes(length), used, length);
                endRow(used + length);
            }
            case ARRAY -> {
                ArrayVector arrays = (ArrayVector) vector;
                for (int i = arrays.offsets()[row]; i < arrays.offsets()[row + 1]; i++) {
                    elementColumn().append(arrays.elements(), i);
                }
                endRow(elementColumn().size);
            }
        }
        size++;
    }

    /** Appends the rows {@code rows[from..to - 1]} of a vector of the same layout. */
    void appendAll(ColumnVector vector, int[] rows, int from, int to) {
        if (vector.mayHaveNulls()) {
            for (int i = from; i < to; i++) {
                append(vector, rows[i]);
            }
            return;
        }
        int count = to - from;
        switch (type.layout()) {
            case INT -> {
                int[] target = ints(count);
                int[] source = ((IntVector) vector).values();
                for (int i = 0; i < count; i++) {
                    target[size + i] = source[rows[from + i]];
                }
                size += count;
            }
            case LONG -> {
                long[] target = longs(1, count);
                long[] source = ((LongVector) vector).values();
                for (int i = 0; i < count; i++) {
                    target[size + i] = source[rows[from + i]];
                }
                size += count;
            }
            case DOUBLE -> {
                double[] target = doubles(count);
                double[] source = ((DoubleVector) vector).values();
                for (int i = 0; i < count; i++) {
                    target[size + i] = source[rows[from + i]];
                }
                size += count;
            }
            default -> {
                for (int i = from; i < to; i++) {
                    append(vector, rows[i]);
                }
            }
        }
    }

    private RunColumn elementColumn() {
        if (elements == null) {
            throw new IllegalStateException("not an array column: " + type);
        }
        return elements;
    }

    void appendNull() {
        boolean[] flags = nulls;
        if (flags == null || flags.length <= size) {
            flags = flags == null ? new boolean[grown(size + 1L)] : Arrays.copyOf(flags, grown(size + 1L));
        }
        flags[size] = true;
        nulls = flags;
        switch (type.layout()) {
            case INT -> ints(1);
            case LONG -> longs(1, 1);
            case DOUBLE -> doubles(1);
            case INT128 -> longs(2, 1);
            case BYTES, ARRAY -> endRow(used);
        }
        size++;
    }

    private void endRow(int end) {
        int[] to = ends;
        if (to.length <= size) {
            to = Arrays.copyOf(to, grown(size + 1L));
            ends = to;
        }
        to[size] = end;
        used = end;
    }

    /** Arrays with room for so many more rows. */
    private int[] ints(int more) {
        int[] to = (int[]) values;
        if (to.length < size + more) {
            to = Arrays.copyOf(to, grown((long) size + more));
            values = to;
        }
        return to;
    }

    private long[] longs(int each, int more) {
        long[] to = (long[]) values;
        if (to.length < each * (size + more)) {
            to = Arrays.copyOf(to, grown(each * ((long) size + more)));
            values = to;
        }
        return to;
    }

    private double[] doubles(int more) {
        double[] to = (double[]) values;
        if (to.length < size + more) {
            to = Arrays.copyOf(to, grown((long) size + more));
            values = to;
        }
        return to;
    }

    private byte[] bytes(int length) {
        byte[] to = (byte[]) values;
        if (to.length < (long) used + length) {
            to = Arrays.copyOf(to, grown((long) used + length));
            values = to;
        }
        return to;
    }

    /** The rows {@code from..to - 1}, copied; all of them published. */
    ColumnVector read(int from, int to) {
        int count = to - from;
        Object all = values;
        long[] bits = readNulls(from, to);
        return switch (type.layout()) {
            case INT -> new IntVector(type, Arrays.copyOfRange((int[]) all, from, to), bits, count);
            case LONG -> new LongVector(type, Arrays.copyOfRange((long[]) all, from, to), bits, count);
            case DOUBLE -> new DoubleVector(type, Arrays.copyOfRange((double[]) all, from, to), bits, count);
            case INT128 -> {
                long[] highs = new long[count];
                long[] lows = new long[count];
                for (int i = 0; i < count; i++) {
                    highs[i] = ((long[]) all)[2 * (from + i)];
                    lows[i] = ((long[]) all)[2 * (from + i) + 1];
                }
                yield new Int128Vector(type, highs, lows, bits, count);
            }
            case BYTES -> {
                int[] offsets = offsets(from, to);
                int start = start(from);
                byte[] part = Arrays.copyOfRange((byte[]) all, start, start + offsets[count]);
                yield new BytesVector(type, part, offsets, bits, count);
            }
            case ARRAY -> {
                int[] offsets = offsets(from, to);
                int start = start(from);
                ColumnVector part = elementColumn().read(start, start + offsets[count]);
                yield new ArrayVector(type, part, offsets, bits, count);
            }
        };
    }

    private int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    private int[] offsets(int from, int to) {
        int[] offsets = new int[to - from + 1];
        int start = start(from);
        int[] known = ends;
        for (int i = from; i < to; i++) {
            offsets[i - from + 1] = known[i] - start;
        }
        return offsets;
    }

    private long @Nullable [] readNulls(int from, int to) {
        boolean[] flags = nulls;
        long[] bits = null;
        for (int row = from; flags != null && row < Math.min(to, flags.length); row++) {
            if (flags[row]) {
                bits = bits == null ? NullBits.create(to - from) : bits;
                NullBits.set(bits, row - from);
            }
        }
        return bits;
    }

    /** Bytes of heap, about. */
    long sizeBytes() {
        long each =
                switch (type.layout()) {
                    case INT -> 4L * ((int[]) values).length;
                    case LONG, INT128 -> 8L * ((long[]) values).length;
                    case DOUBLE -> 8L * ((double[]) values).length;
                    case BYTES -> ((byte[]) values).length;
                    case ARRAY -> elementColumn().sizeBytes();
                };
        boolean[] flags = nulls;
        return OVERHEAD + each + 4L * ends.length + (flags == null ? 0 : flags.length);
    }
}
