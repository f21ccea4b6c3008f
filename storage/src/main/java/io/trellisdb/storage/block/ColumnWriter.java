package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Writes one column after the other. Confined to one thread. */
final class ColumnWriter {
    private final LongStreamWriter streams = new LongStreamWriter();
    private final DoubleColumnWriter doubles = new DoubleColumnWriter(streams);
    private final BytesColumnWriter strings = new BytesColumnWriter(streams);
    private final ByteWriter content = new ByteWriter();
    private long[] longs = new long[BlockFormat.MAX_ROWS];

    /** Timestamps are a bare stream. */
    void writeTimestamps(ByteWriter header, ByteWriter body, long[] timestamps, int count) {
        streams.write(header, body, timestamps, count);
    }

    /** Layout, NULLs, aggregate and content of a column. */
    void write(ByteWriter header, ByteWriter body, ColumnVector vector) {
        content.reset();
        ColumnAggregate aggregate = ColumnAggregate.of(vector.type());
        int nullForm = writeContent(content, body, vector, aggregate);
        header.writeByte(BlockFormat.code(vector.type().layout()));
        aggregate.encode(header);
        header.writeByte(nullForm);
        header.writeBytes(content.array(), 0, content.position());
    }

    /** Writes what stands behind the form of NULLs and returns that form. */
    private int writeContent(
            ByteWriter header, ByteWriter body, ColumnVector vector, @Nullable ColumnAggregate aggregate) {
        int count = vector.size();
        long[] nulls = nulls(vector, count);
        int nullCount = NullBits.count(nulls, count);
        if (nullCount > 0 && nullCount == count) {
            if (aggregate != null) {
                aggregate.addRows(count, 0, true, true);
            }
            return BlockFormat.ALL_NULLS;
        }
        if (nullCount == 0) {
            nulls = null;
        } else {
            writeNulls(body, nulls, count);
        }
        writeValues(header, body, vector, nulls, aggregate);
        return nullCount == 0 ? BlockFormat.NO_NULLS : BlockFormat.SOME_NULLS;
    }

    private static void writeNulls(ByteWriter body, long @Nullable [] nulls, int count) {
        for (int row = 0; row < count; row += Long.SIZE) {
            long word = nulls == null ? 0 : nulls[row >> 6];
            int rest = count - row;
            body.writeLong(Long.reverseBytes(rest < Long.SIZE ? word & (1L << rest) - 1 : word));
        }
    }

    private static long @Nullable [] nulls(ColumnVector vector, int count) {
        if (!vector.mayHaveNulls()) {
            return null;
        }
        long[] bits = NullBits.create(count);
        for (int row = 0; row < count; row++) {
            if (vector.isNull(row)) {
                NullBits.set(bits, row);
            }
        }
        return bits;
    }

    private void writeValues(
            ByteWriter header,
            ByteWriter body,
            ColumnVector vector,
            long @Nullable [] nulls,
            @Nullable ColumnAggregate aggregate) {
        int count = vector.size();
        if (vector instanceof DoubleVector values) {
            boolean isReal = vector.type().kind() == TypeKind.REAL;
            doubles.write(header, body, values, isReal, nulls, (DoubleAggregate) aggregate);
            return;
        }
        if (vector instanceof IntVector || vector instanceof LongVector) {
            long[] values = longs(vector, nulls, count);
            streams.write(header, body, values, count);
            if (aggregate instanceof LongAggregate known && nulls == null && count > 0) {
                known.addKnown(streams.min(), streams.max(), values, count);
                return;
            }
        } else if (vector instanceof Int128Vector wide) {
            writeWide(header, body, wide, nulls);
        } else if (vector instanceof BytesVector bytes) {
            strings.write(header, body, bytes, nulls);
        } else {
            writeArrays(header, body, (ArrayVector) vector, nulls);
        }
        if (aggregate != null) {
            aggregate.add(vector, 0, count);
        }
    }

    private long[] scratch(int count) {
        if (longs.length < count) {
            longs = new long[count];
        }
        return longs;
    }

    /** NULLs repeat the value before them, the first ones the first value. */
    private long[] longs(ColumnVector vector, long @Nullable [] nulls, int count) {
        if (vector instanceof LongVector plain && nulls == null) {
            return plain.values();
        }
        long[] to = scratch(count);
        if (vector instanceof IntVector ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                to[i] = values[i];
            }
        } else {
            System.arraycopy(((LongVector) vector).values(), 0, to, 0, count);
        }
        fillNulls(to, nulls, count);
        return to;
    }

    private static void fillNulls(long[] values, long @Nullable [] nulls, int count) {
        if (nulls == null) {
            return;
        }
        int first = 0;
        while (NullBits.isNull(nulls, first)) {
            first++;
        }
        long before = values[first];
        for (int i = 0; i < count; i++) {
            before = NullBits.isNull(nulls, i) ? before : values[i];
            values[i] = before;
        }
    }

    private void writeWide(ByteWriter header, ByteWriter body, Int128Vector vector, long @Nullable [] nulls) {
        int count = vector.size();
        long[] half = scratch(count);
        for (int i = 0; i < count; i++) {
            half[i] = vector.high(i);
        }
        fillNulls(half, nulls, count);
        streams.write(header, body, half, count);
        for (int i = 0; i < count; i++) {
            half[i] = vector.low(i);
        }
        fillNulls(half, nulls, count);
        streams.write(header, body, half, count);
    }

    /** A NULL has no elements. */
    private void writeArrays(ByteWriter header, ByteWriter body, ArrayVector vector, long @Nullable [] nulls) {
        int count = vector.size();
        int[] present = new int[count];
        int presentCount = 0;
        long[] lengths = scratch(count);
        long total = 0;
        for (int i = 0; i < count; i++) {
            boolean isNull = NullBits.isNull(nulls, i);
            lengths[i] = isNull ? 0 : vector.offsets()[i + 1] - vector.offsets()[i];
            total += lengths[i];
            if (!isNull) {
                present[presentCount++] = i;
            }
        }
        if (total > BlockFormat.MAX_ELEMENTS) {
            throw new TrellisException(ErrorCode.LIMIT_EXCEEDED, "arrays of a block have too many elements: " + total);
        }
        streams.write(header, body, lengths, count);
        ByteWriter nested = new ByteWriter();
        int nullForm =
                writeContent(nested, body, vector.select(present, presentCount).elements(), null);
        header.writeByte(nullForm);
        header.writeBytes(nested.array(), 0, nested.position());
    }
}
