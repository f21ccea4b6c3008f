package io.trellisdb.common.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.type.DataType;

/**
 * COUNT, MIN, MAX, SUM, FIRST and LAST of one column over rows that are added in ascending order of time. A block's header
 * holds the aggregate of each of its columns, so that aggregates of whole blocks are merged instead of computed. Values
 * compare as SQL compares them: NaN is greatest, −0.0 equals 0.0, strings and binary by unsigned bytes.
 *
 * <p>Confined to one thread.
 */
public abstract sealed class ColumnAggregate
        permits LongAggregate, DoubleAggregate, WideAggregate, BytesAggregate, CountAggregate {
    private static final int STARTS_WITH_NULL = 1;
    private static final int ENDS_WITH_NULL = 2;

    private long rows;
    private long count;
    private boolean startsWithNull;
    private boolean endsWithNull;

    ColumnAggregate() {}

    /** The aggregate of no rows. */
    public static ColumnAggregate of(DataType type) {
        return switch (type.layout()) {
            case INT, LONG -> new LongAggregate();
            case DOUBLE -> new DoubleAggregate(type);
            case INT128 -> new WideAggregate(type);
            case BYTES -> new BytesAggregate();
            case ARRAY -> new CountAggregate();
        };
    }

    /** Rows that were added. */
    public final long rows() {
        return rows;
    }

    /** Rows that are not NULL; without one there is no minimum, maximum, sum, first or last value. */
    public final long count() {
        return count;
    }

    /** Whether the first row is NULL, so that the first value belongs to a later one. */
    public final boolean startsWithNull() {
        return startsWithNull;
    }

    public final boolean endsWithNull() {
        return endsWithNull;
    }

    /** Whether minimum, maximum, first and last are known; headers do not keep long strings. */
    public boolean isComplete() {
        return true;
    }

    /** Adds the rows {@code from..to - 1} of a vector of this column's layout. */
    public final void add(ColumnVector vector, int from, int to) {
        if (from >= to) {
            return;
        }
        int values = addValues(vector, from, to);
        addRows(to - from, values, vector.isNull(from), vector.isNull(to - 1));
    }

    /** Adds rows whose values are added otherwise. */
    public final void addRows(long moreRows, long moreCount, boolean firstIsNull, boolean lastIsNull) {
        if (moreRows == 0) {
            return;
        }
        startsWithNull = rows == 0 ? firstIsNull : startsWithNull;
        endsWithNull = lastIsNull;
        rows += moreRows;
        count += moreCount;
    }

    /** Adds the rows of another aggregate of the same column, which are later than all of this one. */
    public final void merge(ColumnAggregate later) {
        mergeValues(later);
        addRows(later.rows, later.count, later.startsWithNull, later.endsWithNull);
    }

    /** Adds the values that are not NULL and returns how many they are; {@link #count} still excludes them. */
    abstract int addValues(ColumnVector vector, int from, int to);

    /** Adds the values of a later aggregate; {@link #count} still excludes them. */
    abstract void mergeValues(ColumnAggregate later);

    abstract void encodeValues(ByteWriter out);

    abstract void decodeValues(ByteReader in);

    public final void encode(ByteWriter out) {
        out.writeByte((startsWithNull ? STARTS_WITH_NULL : 0) | (endsWithNull ? ENDS_WITH_NULL : 0));
        out.writeVarLong(rows);
        out.writeVarLong(count);
        if (count > 0) {
            encodeValues(out);
        }
    }

    /** Reads what {@link #encode} wrote for a column of this type; damage fails with the reader's code. */
    public static ColumnAggregate decode(ByteReader in, DataType type) {
        ColumnAggregate aggregate = of(type);
        int flags = in.readUnsignedByte();
        aggregate.rows = in.readVarLong();
        aggregate.count = in.readVarLong();
        if (flags > (STARTS_WITH_NULL | ENDS_WITH_NULL)
                || aggregate.rows < 0
                || aggregate.count < 0
                || aggregate.count > aggregate.rows) {
            throw in.failure("aggregate is not valid: " + aggregate.count + " of " + aggregate.rows + " rows");
        }
        aggregate.startsWithNull = (flags & STARTS_WITH_NULL) != 0;
        aggregate.endsWithNull = (flags & ENDS_WITH_NULL) != 0;
        if (aggregate.count > 0) {
            aggregate.decodeValues(in);
        }
        return aggregate;
    }
}
