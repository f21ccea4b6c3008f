package io.trellisdb.common.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;

/** Of columns of INT and LONG layout, in the layout's unit (unscaled decimals, days, a timestamp's own unit). */
public final class LongAggregate extends ColumnAggregate {
    private final IntegerSum sum = new IntegerSum();
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private long first;
    private long last;

    public long min() {
        return min;
    }

    public long max() {
        return max;
    }

    /** The first value that is not NULL. */
    public long first() {
        return first;
    }

    /** The last value that is not NULL. */
    public long last() {
        return last;
    }

    public IntegerSum sum() {
        return sum;
    }

    @Override
    int addValues(ColumnVector vector, int from, int to) {
        return vector instanceof IntVector ints ? addInts(ints, from, to) : addLongs((LongVector) vector, from, to);
    }

    private int addInts(IntVector vector, int from, int to) {
        int[] values = vector.values();
        boolean mayBeNull = vector.mayHaveNulls();
        int added = 0;
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        int newest = 0;
        long total = 0;
        for (int row = from; row < to; row++) {
            if (mayBeNull && vector.isNull(row)) {
                continue;
            }
            int value = values[row];
            first = added == 0 && count() == 0 ? value : first;
            low = Math.min(low, value);
            high = Math.max(high, value);
            total += value;
            newest = value;
            added++;
        }
        if (added > 0) {
            include(low, high, newest);
            sum.add(total);
        }
        return added;
    }

    private int addLongs(LongVector vector, int from, int to) {
        if (vector.mayHaveNulls()) {
            return addSome(vector, from, to);
        }
        long[] values = vector.values();
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int row = from; row < to; row++) {
            low = Math.min(low, values[row]);
            high = Math.max(high, values[row]);
        }
        first = count() == 0 ? values[from] : first;
        include(low, high, values[to - 1]);
        sum.addAll(values, from, to);
        return to - from;
    }

    private int addSome(LongVector vector, int from, int to) {
        int added = 0;
        for (int row = from; row < to; row++) {
            if (!vector.isNull(row)) {
                long value = vector.get(row);
                first = added == 0 && count() == 0 ? value : first;
                include(value, value, value);
                sum.add(value);
                added++;
            }
        }
        return added;
    }

    /** Adds all of some values whose extremes are known. */
    public void addKnown(long low, long high, long[] values, int count) {
        first = count() == 0 ? values[0] : first;
        include(low, high, values[count - 1]);
        sum.addAll(values, 0, count);
        addRows(count, count, false, false);
    }

    private void include(long low, long high, long newest) {
        min = Math.min(min, low);
        max = Math.max(max, high);
        last = newest;
    }

    @Override
    void mergeValues(ColumnAggregate later) {
        LongAggregate other = (LongAggregate) later;
        if (other.count() > 0) {
            first = count() == 0 ? other.first : first;
            include(other.min, other.max, other.last);
            sum.add(other.sum);
        }
    }

    @Override
    void encodeValues(ByteWriter out) {
        out.writeZigZagLong(min);
        out.writeZigZagLong(max);
        out.writeZigZagLong(first);
        out.writeZigZagLong(last);
        sum.encode(out);
    }

    @Override
    void decodeValues(ByteReader in) {
        min = in.readZigZagLong();
        max = in.readZigZagLong();
        first = in.readZigZagLong();
        last = in.readZigZagLong();
        sum.add(IntegerSum.decode(in));
    }
}
