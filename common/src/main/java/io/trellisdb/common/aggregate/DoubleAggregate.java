package io.trellisdb.common.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;

/** Of DOUBLE and REAL columns. */
public final class DoubleAggregate extends ColumnAggregate {
    /** In place of an exponent: eight raw bytes follow. */
    private static final int RAW = 0xFF;

    private final boolean isReal;
    private final DoubleSum sum = new DoubleSum();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double first;
    private double last;
    private boolean hasNan;
    private boolean hasNumber;

    DoubleAggregate(DataType type) {
        this.isReal = type.kind() == TypeKind.REAL;
    }

    public double min() {
        return hasNumber ? min : Double.NaN;
    }

    public double max() {
        return hasNan ? Double.NaN : max;
    }

    /** The first value that is not NULL. */
    public double first() {
        return first;
    }

    /** The last value that is not NULL. */
    public double last() {
        return last;
    }

    /** Decimal values are summed as decimals, except those of a REAL column. */
    public DoubleSum sum() {
        return sum;
    }

    @Override
    int addValues(ColumnVector vector, int from, int to) {
        DoubleVector doubles = (DoubleVector) vector;
        double[] values = doubles.values();
        int added = addExtremes(doubles, from, to);
        for (int row = from; row < to; row++) {
            if (!doubles.isNull(row)) {
                addToSum(values[row]);
            }
        }
        return added;
    }

    void addToSum(double value) {
        if (isReal) {
            sum.addBinary(value);
        } else {
            sum.add(value);
        }
    }

    /** Everything but the sum; returns how many values there are. */
    int addExtremes(DoubleVector vector, int from, int to) {
        double[] values = vector.values();
        boolean mayBeNull = vector.mayHaveNulls();
        double low = min;
        double high = max;
        int added = 0;
        int newest = from;
        for (int row = from; row < to; row++) {
            if (mayBeNull && vector.isNull(row)) {
                continue;
            }
            double value = values[row];
            if (Double.isNaN(value)) {
                hasNan = true;
            } else {
                hasNumber = true;
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
            first = added == 0 && count() == 0 ? value : first;
            newest = row;
            added++;
        }
        min = low;
        max = high;
        last = added > 0 ? values[newest] : last;
        return added;
    }

    /** Adds all of some decimal values that are the quotients of these integers, whose extremes are known. */
    public void addKnown(long low, long high, long[] scaled, int count, int exponent) {
        double power = Decimals.power(exponent);
        first = count() == 0 ? scaled[0] / power : first;
        last = scaled[count - 1] / power;
        min = Math.min(min, low / power);
        max = Math.max(max, high / power);
        hasNumber = true;
        IntegerSum total = new IntegerSum();
        total.addAll(scaled, 0, count);
        sum.addDecimals(total, exponent);
        addRows(count, count, false, false);
    }

    @Override
    void mergeValues(ColumnAggregate later) {
        DoubleAggregate other = (DoubleAggregate) later;
        if (other.count() == 0) {
            return;
        }
        first = count() == 0 ? other.first : first;
        last = other.last;
        hasNan |= other.hasNan;
        hasNumber |= other.hasNumber;
        min = other.min < min ? other.min : min;
        max = other.max > max ? other.max : max;
        sum.add(other.sum);
    }

    @Override
    void encodeValues(ByteWriter out) {
        out.writeBoolean(hasNan);
        out.writeBoolean(hasNumber);
        write(out, min);
        write(out, max);
        write(out, first);
        write(out, last);
        sum.encode(out);
    }

    private static void write(ByteWriter out, double value) {
        int exponent = Decimals.exponentOf(value, 0);
        if (exponent < 0) {
            out.writeByte(RAW);
            out.writeDouble(value);
        } else {
            out.writeByte(exponent);
            out.writeZigZagLong(Decimals.scaled(value, Decimals.power(exponent)));
        }
    }

    private static double read(ByteReader in) {
        int exponent = in.readUnsignedByte();
        if (exponent == RAW) {
            return in.readDouble();
        }
        if (exponent > Decimals.MAX_EXPONENT) {
            throw in.failure("exponent is too large: " + exponent);
        }
        return (double) in.readZigZagLong() / Decimals.power(exponent);
    }

    @Override
    void decodeValues(ByteReader in) {
        hasNan = in.readBoolean();
        hasNumber = in.readBoolean();
        min = read(in);
        max = read(in);
        first = read(in);
        last = read(in);
        sum.add(DoubleSum.decode(in));
    }
}
