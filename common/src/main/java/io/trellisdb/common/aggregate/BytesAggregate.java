package io.trellisdb.common.aggregate;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import java.util.Arrays;

/** Of string and binary columns. Arrays that it hands out must not be written. */
public final class BytesAggregate extends ColumnAggregate {
    /** Headers keep no longer values. */
    private static final int MAX_HEADER_BYTES = 64;

    private static final byte[] NOTHING = {};

    private byte[] min = NOTHING;
    private byte[] max = NOTHING;
    private byte[] first = NOTHING;
    private byte[] last = NOTHING;
    private boolean isIncomplete;

    public byte[] min() {
        return min;
    }

    public byte[] max() {
        return max;
    }

    /** The first value that is not NULL. */
    public byte[] first() {
        return first;
    }

    /** The last value that is not NULL. */
    public byte[] last() {
        return last;
    }

    @Override
    public boolean isComplete() {
        return !isIncomplete;
    }

    @Override
    int addValues(ColumnVector vector, int from, int to) {
        BytesVector bytes = (BytesVector) vector;
        int low = -1;
        int high = -1;
        int oldest = -1;
        int newest = -1;
        int added = 0;
        for (int row = from; row < to; row++) {
            if (bytes.isNull(row)) {
                continue;
            }
            low = low < 0 || compare(bytes, row, low) < 0 ? row : low;
            high = high < 0 || compare(bytes, row, high) > 0 ? row : high;
            oldest = oldest < 0 ? row : oldest;
            newest = row;
            added++;
        }
        if (added > 0) {
            include(bytes.copy(low), bytes.copy(high), bytes.copy(oldest), bytes.copy(newest));
        }
        return added;
    }

    private static int compare(BytesVector vector, int left, int right) {
        return Arrays.compareUnsigned(
                vector.bytes(),
                vector.offset(left),
                vector.offset(left + 1),
                vector.bytes(),
                vector.offset(right),
                vector.offset(right + 1));
    }

    private void include(byte[] low, byte[] high, byte[] oldest, byte[] newest) {
        boolean isFirst = count() == 0;
        min = isFirst || Arrays.compareUnsigned(low, min) < 0 ? low : min;
        max = isFirst || Arrays.compareUnsigned(high, max) > 0 ? high : max;
        first = isFirst ? oldest : first;
        last = newest;
    }

    @Override
    void mergeValues(ColumnAggregate later) {
        BytesAggregate other = (BytesAggregate) later;
        if (other.count() > 0) {
            isIncomplete |= other.isIncomplete;
            include(other.min, other.max, other.first, other.last);
        }
    }

    @Override
    void encodeValues(ByteWriter out) {
        boolean isShort = !isIncomplete
                && min.length <= MAX_HEADER_BYTES
                && max.length <= MAX_HEADER_BYTES
                && first.length <= MAX_HEADER_BYTES
                && last.length <= MAX_HEADER_BYTES;
        out.writeBoolean(isShort);
        if (isShort) {
            out.writeByteArray(min);
            out.writeByteArray(max);
            out.writeByteArray(first);
            out.writeByteArray(last);
        }
    }

    @Override
    void decodeValues(ByteReader in) {
        isIncomplete = !in.readBoolean();
        if (!isIncomplete) {
            min = in.readByteArray();
            max = in.readByteArray();
            first = in.readByteArray();
            last = in.readByteArray();
        }
    }
}
