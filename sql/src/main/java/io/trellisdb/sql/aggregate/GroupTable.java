package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.XxHash64;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers distinct keys from 0 in the order in which they come. NULL equals NULL, −0.0 equals 0.0, NaN equals NaN. A key of
 * one integer-like column is hashed as a long; other keys are encoded to bytes, kept in one growing array.
 *
 * <p>Confined to one thread.
 */
public final class GroupTable {
    private static final int FIRST_SLOTS = 64;
    private static final int MAX_KEY_BYTES = Integer.MAX_VALUE - 64;

    private final VectorBuilder[] keys;
    private final boolean single;
    private int size;
    private int[] slots = new int[FIRST_SLOTS];

    /** Keys of the single form, by group. */
    private long[] longs = new long[FIRST_SLOTS / 2];

    private int nullGroup = -1;

    /** Keys of the encoded form: group g's bytes end at ends[g]. */
    private byte[] bytes = new byte[0];

    private int[] ends = new int[FIRST_SLOTS / 2];
    private int[] hashes = new int[FIRST_SLOTS / 2];
    private final ByteWriter scratch = new ByteWriter(64);
    private long keyBytes;

    public GroupTable(List<DataType> keyTypes) {
        keys = new VectorBuilder[keyTypes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = VectorBuilder.of(keyTypes.get(i), 16);
        }
        Layout layout = keys.length == 1 ? keyTypes.get(0).layout() : Layout.BYTES;
        single = layout == Layout.INT || layout == Layout.LONG;
    }

    /** How many distinct keys there are. */
    public int size() {
        return size;
    }

    /** Heap that the table takes, about. */
    public long sizeBytes() {
        return 4L * slots.length + 8L * longs.length + bytes.length + 8L * ends.length + keyBytes;
    }

    /** Finds or adds the key of each row; {@code groups} takes the numbers. */
    public void assign(ColumnVector[] columns, int rows, int[] groups) {
        for (int row = 0; row < rows; row++) {
            groups[row] = lookUp(columns, row, true);
        }
    }

    /** Finds the key of each row; −1 for keys that are not there. */
    public void find(ColumnVector[] columns, int rows, int[] groups) {
        for (int row = 0; row < rows; row++) {
            groups[row] = lookUp(columns, row, false);
        }
    }

    /** Finds or adds the key of one row. */
    public int assign(ColumnVector[] columns, int row) {
        return lookUp(columns, row, true);
    }

    /** Finds the key of one row, or −1. */
    public int find(ColumnVector[] columns, int row) {
        return lookUp(columns, row, false);
    }

    /** The key columns of all groups, in the order of their numbers. The table cannot be used afterwards. */
    public ColumnVector[] takeKeys() {
        ColumnVector[] vectors = new ColumnVector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            vectors[i] = keys[i].build();
        }
        return vectors;
    }

    private int lookUp(ColumnVector[] columns, int row, boolean add) {
        if (keys.length == 0) {
            if (size == 0 && add) {
                size = 1;
            }
            return size - 1;
        }
        return single ? lookUpLong(columns, row, add) : lookUpBytes(columns, row, add);
    }

    private int lookUpLong(ColumnVector[] columns, int row, boolean add) {
        ColumnVector column = columns[0];
        if (column.isNull(row)) {
            if (nullGroup < 0 && add) {
                nullGroup = newGroup(columns, row);
            }
            return nullGroup;
        }
        long key = column instanceof LongVector wide ? wide.get(row) : ((IntVector) column).get(row);
        int mask = slots.length - 1;
        int slot = mix(key) & mask;
        while (slots[slot] != 0) {
            int group = slots[slot] - 1;
            if (longs[group] == key) {
                return group;
            }
            slot = slot + 1 & mask;
        }
        if (!add) {
            return -1;
        }
        int group = newGroup(columns, row);
        longs[group] = key;
        slots[slot] = group + 1;
        if (size * 2 > slots.length) {
            rehash();
        }
        return group;
    }

    private static int mix(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    private int lookUpBytes(ColumnVector[] columns, int row, boolean add) {
        scratch.reset();
        for (ColumnVector column : columns) {
            encode(scratch, column, row);
        }
        int length = scratch.position();
        int hash = (int) XxHash64.hash(scratch.array(), 0, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int group = slots[slot] - 1;
            int start = group == 0 ? 0 : ends[group - 1];
            if (hashes[group] == hash && Arrays.equals(bytes, start, ends[group], scratch.array(), 0, length)) {
                return group;
            }
            slot = slot + 1 & mask;
        }
        if (!add) {
            return -1;
        }
        int group = newGroup(columns, row);
        append(group, length, hash);
        slots[slot] = group + 1;
        if (size * 2 > slots.length) {
            rehash();
        }
        return group;
    }

    private void append(int group, int length, int hash) {
        int start = group == 0 ? 0 : ends[group - 1];
        long needed = (long) start + length;
        if (needed > MAX_KEY_BYTES) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED, "keys of a group table take too much: " + needed + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_KEY_BYTES, Math.max(needed, bytes.length * 2L)));
        }
        System.arraycopy(scratch.array(), 0, bytes, start, length);
        ends[group] = (int) needed;
        hashes[group] = hash;
    }

    private int newGroup(ColumnVector[] columns, int row) {
        int group = size++;
        if (single && size > longs.length) {
            longs = Arrays.copyOf(longs, longs.length * 2);
        }
        if (!single && size > ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
            hashes = Arrays.copyOf(hashes, hashes.length * 2);
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i].appendFrom(columns[i], row);
            keyBytes += columns[i] instanceof BytesVector text ? 4 + text.length(row) : 8;
        }
        return group;
    }

    private void rehash() {
        int[] grown = new int[slots.length * 2];
        int mask = grown.length - 1;
        for (int group = 0; group < size; group++) {
            if (group == nullGroup) {
                continue;
            }
            int slot = (single ? mix(longs[group]) : hashes[group]) & mask;
            while (grown[slot] != 0) {
                slot = slot + 1 & mask;
            }
            grown[slot] = group + 1;
        }
        slots = grown;
    }

    /** Appends a value so that equal values, and only those, have equal bytes. */
    public static void encode(ByteWriter out, ColumnVector column, int row) {
        if (column.isNull(row)) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        if (column instanceof LongVector vector) {
            out.writeLong(vector.get(row));
        } else if (column instanceof IntVector vector) {
            out.writeInt(vector.get(row));
        } else if (column instanceof DoubleVector vector) {
            // adding 0.0 makes 0.0 of −0.0, doubleToLongBits one NaN of all
            out.writeLong(Double.doubleToLongBits(vector.get(row) + 0.0));
        } else if (column instanceof BytesVector vector) {
            out.writeInt(vector.length(row));
            out.writeBytes(vector.bytes(), vector.offset(row), vector.length(row));
        } else if (column instanceof Int128Vector vector) {
            out.writeLong(vector.high(row));
            out.writeLong(vector.low(row));
        } else {
            ArrayVector vector = (ArrayVector) column;
            out.writeInt(vector.offsets()[row + 1] - vector.offsets()[row]);
            for (int i = vector.offsets()[row]; i < vector.offsets()[row + 1]; i++) {
                encode(out, vector.elements(), i);
            }
        }
    }
}
