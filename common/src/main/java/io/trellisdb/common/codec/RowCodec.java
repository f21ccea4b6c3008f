package io.trellisdb.common.codec;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.ArrayVectorBuilder;
import io.trellisdb.common.batch.Batch;
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
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Stored rows of one {@link RowLayout}, readable column by column.
 *
 * <pre>
 * row  := header varint: schema version * 2 + (1 when ends are 4 bytes)
 *       · null bitmap: bit i &amp; 7 of byte i / 8 is set when column i is NULL
 *       · fixed-width columns in the layout's order, zero under a NULL
 *             1 byte BOOLEAN, TINYINT · 2 SMALLINT · 4 INTEGER, DATE, REAL · 16 long DECIMAL, UUID · 8 others
 *       · the end of each variable column's bytes, 2 or 4 bytes (4 in layouts with arrays), counted from
 *         behind this table
 *       · bytes of the variable columns: strings, binary; ARRAY as count varint · column of BatchCodec
 * </pre>
 *
 * Numbers are big-endian. Values come back bit by bit. Immutable; safe from any thread.
 */
public final class RowCodec {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_SHORT_END = 0xFFFF;

    private final RowLayout layout;

    public RowCodec(RowLayout layout) {
        this.layout = layout;
    }

    public RowLayout layout() {
        return layout;
    }

    /**
     * Appends one row. {@code batchColumns} names the batch's column of each layout column, or is -1 there for NULL; the
     * column has the layout column's type.
     */
    public void encode(ByteWriter out, Batch batch, int[] batchColumns, int row) {
        if (batchColumns.length != layout.columnCount()) {
            throw new IllegalArgumentException(
                    "row has " + batchColumns.length + " columns, not " + layout.columnCount());
        }
        boolean isWide = layout.hasArrays() || variableSize(batch, batchColumns, row) > MAX_SHORT_END;
        int start = out.position();
        out.writeVarInt(layout.schemaVersion() << 1 | (isWide ? 1 : 0));
        int zeroed = out.skip(layout.fixedSize() - layout.headerSize());
        Arrays.fill(out.array(), zeroed, out.position(), (byte) 0);
        int ends = out.skip(endWidth(isWide) * layout.variableCount());
        int data = out.position();
        for (int i = 0; i < batchColumns.length; i++) {
            ColumnVector vector = batchColumns[i] < 0 ? null : batch.column(batchColumns[i]);
            if (vector == null || vector.isNull(row)) {
                out.array()[start + layout.headerSize() + (i >> 3)] |= (byte) (1 << (i & 7));
            } else if (layout.isVariable(i)) {
                encodeVariable(out, vector, row);
            } else {
                encodeFixed(out.array(), start + layout.fixedOffset(i), layout.type(i), vector, row);
            }
            if (layout.isVariable(i)) {
                writeEnd(out.array(), ends, layout.variableIndex(i), isWide, out.position() - data);
            }
        }
    }

    private static int endWidth(boolean isWide) {
        return isWide ? Integer.BYTES : Short.BYTES;
    }

    private long variableSize(Batch batch, int[] batchColumns, int row) {
        long size = 0;
        for (int i = 0; i < batchColumns.length; i++) {
            if (layout.isVariable(i) && batchColumns[i] >= 0) {
                ColumnVector vector = batch.column(batchColumns[i]);
                size += vector.isNull(row) ? 0 : ((BytesVector) vector).length(row);
            }
        }
        return size;
    }

    private static void writeEnd(byte[] bytes, int ends, int index, boolean isWide, int end) {
        if (isWide) {
            INTS.set(bytes, ends + Integer.BYTES * index, end);
        } else {
            SHORTS.set(bytes, ends + Short.BYTES * index, (short) end);
        }
    }

    private static void encodeVariable(ByteWriter out, ColumnVector vector, int row) {
        if (vector instanceof BytesVector bytes) {
            out.writeBytes(bytes.bytes(), bytes.offset(row), bytes.length(row));
        } else {
            ArrayVector arrays = (ArrayVector) vector;
            int from = arrays.offsets()[row];
            int to = arrays.offsets()[row + 1];
            out.writeVarInt(to - from);
            new ColumnEncoder(out).encode(arrays.elements().slice(from, to));
        }
    }

    private static void encodeFixed(byte[] bytes, int at, DataType type, ColumnVector vector, int row) {
        switch (type.kind()) {
            case BOOLEAN, TINYINT -> bytes[at] = (byte) ((IntVector) vector).get(row);
            case SMALLINT -> SHORTS.set(bytes, at, (short) ((IntVector) vector).get(row));
            case INTEGER, DATE -> INTS.set(bytes, at, ((IntVector) vector).get(row));
            case REAL -> INTS.set(bytes, at, Float.floatToRawIntBits((float) ((DoubleVector) vector).get(row)));
            case DOUBLE -> LONGS.set(bytes, at, Double.doubleToRawLongBits(((DoubleVector) vector).get(row)));
            default -> {
                if (vector instanceof Int128Vector wide) {
                    LONGS.set(bytes, at, wide.high(row));
                    LONGS.set(bytes, at + Long.BYTES, wide.low(row));
                } else {
                    LONGS.set(bytes, at, ((LongVector) vector).get(row));
                }
            }
        }
    }

    /** The schema version of a stored row, which decides the layout to read it with. */
    public static int schemaVersion(byte[] row, int offset) {
        return ByteReader.ofStored(row, offset, row.length - offset).readVarInt() >>> 1;
    }

    /** Whether a column of the row in {@code row[offset..offset + length)} is NULL. */
    public boolean isNull(byte[] row, int offset, int length, int index) {
        check(row, offset, length);
        return isNull(row, offset, index);
    }

    private boolean isNull(byte[] row, int offset, int index) {
        return (row[offset + layout.headerSize() + (index >> 3)] & 1 << (index & 7)) != 0;
    }

    /** Appends one column of the row in {@code row[offset..offset + length)}; damage is {@link ErrorCode#DATA_CORRUPTED}. */
    public void decodeColumn(byte[] row, int offset, int length, int index, VectorBuilder out) {
        check(row, offset, length);
        decodeChecked(row, offset, length, index, out);
    }

    /** Appends several columns: {@code indexes[i]} to {@code out[i]}; an index of -1 leaves its builder alone. */
    public void decodeColumns(byte[] row, int offset, int length, int[] indexes, VectorBuilder[] out) {
        check(row, offset, length);
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] >= 0) {
                decodeChecked(row, offset, length, indexes[i], out[i]);
            }
        }
    }

    /** Fixed part and end table are there, and the header names this layout. */
    private void check(byte[] row, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, row.length);
        int needed = layout.fixedSize();
        if (length < needed || length < needed + (endWidth(isWide(row, offset)) * layout.variableCount())) {
            throw damaged("row ends too early", length);
        }
        int rest = layout.schemaVersion() << 1;
        for (int i = 0; i < layout.headerSize(); i++) {
            int ignored = i == 0 ? 1 : 0;
            int expected = rest & 0x7F | (i < layout.headerSize() - 1 ? 0x80 : 0);
            if (((row[offset + i] ^ expected) & 0xFF & ~ignored) != 0) {
                throw damaged("row has another schema version", schemaVersion(row, offset));
            }
            rest >>>= 7;
        }
    }

    private static boolean isWide(byte[] row, int offset) {
        return (row[offset] & 1) != 0;
    }

    private void decodeChecked(byte[] row, int offset, int length, int index, VectorBuilder out) {
        if (isNull(row, offset, index)) {
            out.appendNull();
        } else if (layout.isVariable(index)) {
            decodeVariable(row, offset, length, index, out);
        } else {
            decodeFixed(row, offset + layout.fixedOffset(index), layout.type(index), out);
        }
    }

    private void decodeVariable(byte[] row, int offset, int length, int index, VectorBuilder out) {
        boolean isWide = isWide(row, offset);
        int ends = offset + layout.fixedSize();
        int dataSize = length - layout.fixedSize() - endWidth(isWide) * layout.variableCount();
        int variable = layout.variableIndex(index);
        int from = variable == 0 ? 0 : readEnd(row, ends, variable - 1, isWide);
        int to = readEnd(row, ends, variable, isWide);
        if (from < 0 || to < from || to > dataSize) {
            throw damaged("column lies outside of the row", to);
        }
        int data = offset + length - dataSize;
        if (out instanceof BytesVectorBuilder bytes) {
            bytes.append(row, data + from, to - from);
        } else {
            decodeArray(ByteReader.ofStored(row, data + from, to - from), (ArrayVectorBuilder) out);
        }
    }

    private static int readEnd(byte[] row, int ends, int variable, boolean isWide) {
        return isWide
                ? (int) INTS.get(row, ends + Integer.BYTES * variable)
                : (short) SHORTS.get(row, ends + Short.BYTES * variable) & 0xFFFF;
    }

    private static void decodeArray(ByteReader in, ArrayVectorBuilder out) {
        int count = in.readVarInt();
        if (count < 0 || count > Blocks.MAX_ROWS) {
            throw damaged("array has too many elements", Integer.toUnsignedString(count));
        }
        DataType type = out.type().elementType();
        ColumnVector elements = new ColumnDecoder(in, BatchCodec.Origin.TRELLIS).decode(type, count);
        in.expectEnd();
        out.elements().appendRange(elements, 0, count);
        out.endArray();
    }

    private static void decodeFixed(byte[] row, int at, DataType type, VectorBuilder out) {
        switch (type.kind()) {
            case NULL -> throw damaged("column of type NULL has a value", at);
            case BOOLEAN, TINYINT -> appendInt(type, row[at], out);
            case SMALLINT -> appendInt(type, (short) SHORTS.get(row, at), out);
            case INTEGER, DATE -> appendInt(type, (int) INTS.get(row, at), out);
            case REAL -> ((DoubleVectorBuilder) out).appendDouble(Float.intBitsToFloat((int) INTS.get(row, at)));
            case DOUBLE -> ((DoubleVectorBuilder) out).appendDouble(Double.longBitsToDouble((long) LONGS.get(row, at)));
            default -> {
                long first = (long) LONGS.get(row, at);
                if (out instanceof Int128VectorBuilder wide) {
                    appendWide(type, first, (long) LONGS.get(row, at + Long.BYTES), wide);
                } else {
                    appendLong(type, first, (LongVectorBuilder) out);
                }
            }
        }
    }

    private static void appendInt(DataType type, int value, VectorBuilder out) {
        if (type.kind() == TypeKind.BOOLEAN && !ValueRanges.fits(type, value)) {
            throw damaged("value is out of the range of " + type, value);
        }
        ((IntVectorBuilder) out).appendInt(value);
    }

    private static void appendLong(DataType type, long value, LongVectorBuilder out) {
        if (!ValueRanges.fits(type, value)) {
            throw damaged("value is out of the range of " + type, value);
        }
        out.appendLong(value);
    }

    private static void appendWide(DataType type, long high, long low, Int128VectorBuilder out) {
        if (!ValueRanges.fits(type, high, low)) {
            throw damaged("value is out of the range of " + type, high);
        }
        out.append(high, low);
    }

    private static TrellisException damaged(String what, Object value) {
        return new TrellisException(ErrorCode.DATA_CORRUPTED, "row is damaged: " + what + ": " + value);
    }
}
