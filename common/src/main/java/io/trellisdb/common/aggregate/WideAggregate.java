package io.trellisdb.common.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;

/** Of columns of INT128 layout: long decimals compare with their sign, UUIDs without; a UUID's sum means nothing. */
public final class WideAggregate extends ColumnAggregate {
    private final long signFlip;
    private final IntegerSum sum = new IntegerSum();
    private Wide min = Wide.ZERO;
    private Wide max = Wide.ZERO;
    private Wide first = Wide.ZERO;
    private Wide last = Wide.ZERO;

    /** 128 bits by their halves. */
    public record Wide(long high, long low) {
        static final Wide ZERO = new Wide(0, 0);
    }

    WideAggregate(DataType type) {
        this.signFlip = type.kind() == TypeKind.UUID ? Long.MIN_VALUE : 0;
    }

    public Wide min() {
        return min;
    }

    public Wide max() {
        return max;
    }

    /** The first value that is not NULL. */
    public Wide first() {
        return first;
    }

    /** The last value that is not NULL. */
    public Wide last() {
        return last;
    }

    public IntegerSum sum() {
        return sum;
    }

    @Override
    int addValues(ColumnVector vector, int from, int to) {
        Int128Vector wide = (Int128Vector) vector;
        int added = 0;
        for (int row = from; row < to; row++) {
            if (!wide.isNull(row)) {
                Wide value = new Wide(wide.high(row), wide.low(row));
                include(added == 0 && count() == 0, value, value, value, value);
                sum.add(value.high, value.low);
                added++;
            }
        }
        return added;
    }

    private void include(boolean isFirst, Wide low, Wide high, Wide oldest, Wide newest) {
        min = isFirst || compare(low, min) < 0 ? low : min;
        max = isFirst || compare(high, max) > 0 ? high : max;
        first = isFirst ? oldest : first;
        last = newest;
    }

    private int compare(Wide left, Wide right) {
        int order = Long.compare(left.high ^ signFlip, right.high ^ signFlip);
        return order != 0 ? order : Long.compareUnsigned(left.low, right.low);
    }

    @Override
    void mergeValues(ColumnAggregate later) {
        WideAggregate other = (WideAggregate) later;
        if (other.count() > 0) {
            include(count() == 0, other.min, other.max, other.first, other.last);
            sum.add(other.sum);
        }
    }

    @Override
    void encodeValues(ByteWriter out) {
        for (Wide value : new Wide[] {min, max, first, last}) {
            out.writeZigZagLong(value.high);
            out.writeZigZagLong(value.low);
        }
        sum.encode(out);
    }

    @Override
    void decodeValues(ByteReader in) {
        min = read(in);
        max = read(in);
        first = read(in);
        last = read(in);
        sum.add(IntegerSum.decode(in));
    }

    private static Wide read(ByteReader in) {
        return new Wide(in.readZigZagLong(), in.readZigZagLong());
    }
}
