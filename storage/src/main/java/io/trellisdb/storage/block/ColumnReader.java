package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * Restores the values of one column, or of an array column's elements, as {@link ColumnWriter} wrote them. Made for one use;
 * confined to one thread.
 */
final class ColumnReader {
    private final byte[] bytes;
    private final DataType type;
    private final int count;
    private final int nullForm;
    private final int nullsAt;
    private final ByteReader header;
    private final BodyCursor body;

    /** {@code header} stands before the form of NULLs. */
    ColumnReader(byte[] bytes, ByteReader header, BodyCursor body, DataType type, int count) {
        this.bytes = bytes;
        this.header = header;
        this.body = body;
        this.type = type;
        this.count = count;
        this.nullForm = header.readUnsignedByte();
        if (nullForm > BlockFormat.ALL_NULLS) {
            throw header.failure("column has an unknown form of nulls: " + nullForm);
        }
        this.nullsAt = nullForm == BlockFormat.SOME_NULLS ? body.take(8L * NullBits.words(count)) : 0;
    }

    boolean hasNulls() {
        return nullForm != BlockFormat.NO_NULLS;
    }

    /** The rows {@code from..to - 1}. */
    ColumnVector decode(int from, int to) {
        if (nullForm == BlockFormat.ALL_NULLS) {
            return Vectors.nulls(type, to - from);
        }
        long[] nulls = nullForm == BlockFormat.SOME_NULLS ? decodeNulls() : null;
        return switch (type.layout()) {
            case INT -> decodeInts(nulls, from, to);
            case LONG -> decodeLongs(nulls, from, to);
            case DOUBLE -> new DoubleColumnReader(bytes, header, body, count).decode(type, nulls, from, to);
            case INT128 -> decodeWide(nulls, from, to);
            case BYTES -> new BytesColumnReader(bytes, header, body, count).decode(type, nulls, from, to);
            case ARRAY -> decodeArrays(nulls, from, to);
        };
    }

    /** Adds the sum of the rows {@code from..to - 1} without restoring them; false when the column does not allow that. */
    boolean trySum(int from, int to, ColumnAggregate into) {
        if (nullForm != BlockFormat.NO_NULLS) {
            return false;
        }
        if (into instanceof LongAggregate longs) {
            LongStream.read(header, body, count).sum(bytes, from, to, longs.sum());
            return true;
        }
        return into instanceof DoubleAggregate doubles
                && type.kind() != TypeKind.REAL
                && new DoubleColumnReader(bytes, header, body, count).trySum(from, to, doubles.sum());
    }

    private long[] decodeNulls() {
        long[] nulls = NullBits.create(count);
        for (int i = 0; i < nulls.length; i++) {
            nulls[i] = (long) BitPacking.LONGS.get(bytes, nullsAt + 8 * i);
        }
        return nulls;
    }

    private IntVector decodeInts(long @Nullable [] nulls, int from, int to) {
        int rows = to - from;
        long[] values = new long[rows];
        LongStream.read(header, body, count).decode(bytes, from, to, values, 0);
        checkRange(values, rows);
        int[] ints = new int[rows];
        for (int i = 0; i < rows; i++) {
            ints[i] = (int) values[i];
        }
        long[] part = NullBits.slice(nulls, from, to);
        for (int i = 0; part != null && i < rows; i++) {
            ints[i] = NullBits.isNull(part, i) ? 0 : ints[i];
        }
        return new IntVector(type, ints, part, rows);
    }

    private LongVector decodeLongs(long @Nullable [] nulls, int from, int to) {
        long[] values = new long[to - from];
        LongStream.read(header, body, count).decode(bytes, from, to, values, 0);
        checkRange(values, values.length);
        long[] part = NullBits.slice(nulls, from, to);
        clearNulls(values, part);
        return new LongVector(type, values, part, values.length);
    }

    private void checkRange(long[] values, int rows) {
        long min = ValueRanges.min(type);
        long max = ValueRanges.max(type);
        if (min == Long.MIN_VALUE && max == Long.MAX_VALUE) {
            return;
        }
        long low = max;
        long high = min;
        for (int i = 0; i < rows; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        if (low < min || high > max) {
            throw BodyCursor.damage("value does not belong to " + type + ": " + (low < min ? low : high));
        }
    }

    static void clearNulls(long[] values, long @Nullable [] nulls) {
        for (int i = 0; nulls != null && i < values.length; i++) {
            values[i] = NullBits.isNull(nulls, i) ? 0 : values[i];
        }
    }

    private Int128Vector decodeWide(long @Nullable [] nulls, int from, int to) {
        int rows = to - from;
        long[] highs = new long[rows];
        long[] lows = new long[rows];
        LongStream.read(header, body, count).decode(bytes, from, to, highs, 0);
        LongStream.read(header, body, count).decode(bytes, from, to, lows, 0);
        long[] part = NullBits.slice(nulls, from, to);
        clearNulls(highs, part);
        clearNulls(lows, part);
        for (int i = 0; i < rows; i++) {
            if (!ValueRanges.fits(type, highs[i], lows[i])) {
                throw BodyCursor.damage("value does not belong to " + type + ": row " + (from + i));
            }
        }
        return new Int128Vector(type, highs, lows, part, rows);
    }

    private ColumnVector decodeArrays(long @Nullable [] nulls, int from, int to) {
        long[] lengths = new long[count];
        LongStream.read(header, body, count).decode(bytes, 0, count, lengths, 0);
        int[] offsets = offsets(lengths, nulls, count, BlockFormat.MAX_ELEMENTS);
        ColumnReader elements = new ColumnReader(bytes, header, body, type.elementType(), offsets[count]);
        ColumnVector vector = elements.decode(0, offsets[count]);
        return new ArrayVector(type, vector, offsets, nulls, count).slice(from, to);
    }

    /** The places where rows end; lengths that are negative or add up to more than {@code limit} are damage. */
    static int[] offsets(long[] lengths, long @Nullable [] nulls, int rows, int limit) {
        int[] offsets = new int[rows + 1];
        int end = 0;
        for (int i = 0; i < rows; i++) {
            long length = NullBits.isNull(nulls, i) ? 0 : lengths[i];
            if (length < 0 || length > limit - end) {
                throw BodyCursor.damage("row has a wrong length: " + length);
            }
            end += (int) length;
            offsets[i + 1] = end;
        }
        return offsets;
    }
}
