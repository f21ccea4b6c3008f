package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.SeriesRanges;
import io.trellisdb.storage.series.SeriesShape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a time series: the columns of the series key, and the timestamp. It is the same in all versions of a
 * container. Immutable.
 *
 * <pre>
 * row key := series key · 1 (or, descending, FE) · timestamp (8), sign flipped (or, descending, all inverted)
 * </pre>
 */
public final class KeyLayout {
    static final int TIMESTAMP_LENGTH = SeriesRanges.TIMESTAMP_LENGTH;

    /** Of these a key does not give back every value as it was written; they are stored beside their rows, too. */
    private static final Set<TypeKind> KINDS_CHANGED_BY_KEYS = Set.of(TypeKind.REAL, TypeKind.DOUBLE, TypeKind.CHAR);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte PRESENT = 1;

    private final KeyCodec codec;
    private final List<Integer> columnIds;
    private final List<DataType> types;
    private final boolean isDescending;

    public KeyLayout(ContainerDescriptor container) {
        this.codec = RowKeys.codec(container);
        this.columnIds =
                container.primaryKey().stream().map(KeyColumn::columnId).toList();
        this.types = columnIds.stream().map(id -> container.column(id).type()).toList();
        this.isDescending = container.primaryKey().get(columnIds.size() - 1).descending();
    }

    /** Whether newer rows come first in key order. */
    public boolean isDescending() {
        return isDescending;
    }

    int timestampColumnId() {
        return columnIds.get(columnIds.size() - 1);
    }

    DataType timestampType() {
        return types.get(types.size() - 1);
    }

    /** The number of a column among those of the series key; −1 when it is none of them. */
    int seriesPart(int columnId) {
        int part = columnIds.indexOf(columnId);
        return part == columnIds.size() - 1 ? -1 : part;
    }

    /** The columns that are stored in blocks: all but those that the key gives back as they were written. */
    public SeriesShape shapeOf(ContainerDescriptor version) {
        List<Integer> ids = new ArrayList<>();
        List<DataType> stored = new ArrayList<>();
        List<@Nullable Object> absent = new ArrayList<>();
        for (ColumnDescriptor column : version.columns()) {
            int part = columnIds.indexOf(column.id());
            boolean isLossy = part >= 0
                    && part < columnIds.size() - 1
                    && KINDS_CHANGED_BY_KEYS.contains(column.type().kind());
            if (part < 0 || isLossy) {
                ids.add(column.id());
                stored.add(column.type());
                absent.add(column.absentValue());
            }
        }
        return new SeriesShape(ids, stored, absent);
    }

    /** The timestamp that ends a row key. */
    public long timestamp(byte[] rowKey) {
        return decode((long) LONGS.get(rowKey, rowKey.length - Long.BYTES));
    }

    private long decode(long bits) {
        return (isDescending ? ~bits : bits) ^ Long.MIN_VALUE;
    }

    /** The length of the series key that begins a row key. */
    static int seriesLength(byte[] rowKey) {
        return rowKey.length - TIMESTAMP_LENGTH;
    }

    byte[] rowKey(byte[] seriesKey, long timestamp) {
        byte[] key = Arrays.copyOf(seriesKey, seriesKey.length + TIMESTAMP_LENGTH);
        key[seriesKey.length] = presence();
        long bits = timestamp ^ Long.MIN_VALUE;
        LONGS.set(key, seriesKey.length + 1, isDescending ? ~bits : bits);
        return key;
    }

    private byte presence() {
        return isDescending ? ~PRESENT : PRESENT;
    }

    /** The values of a series key, one row for each part. */
    ColumnVector[] decode(byte[] seriesKey) {
        int parts = columnIds.size() - 1;
        VectorBuilder[] builders = new VectorBuilder[parts];
        for (int i = 0; i < parts; i++) {
            builders[i] = VectorBuilder.of(types.get(i), 1);
        }
        codec.decode(seriesKey, 0, builders);
        ColumnVector[] values = new ColumnVector[parts];
        for (int i = 0; i < parts; i++) {
            values[i] = builders[i].build();
        }
        return values;
    }

    /** Where the row keys of a series lie to a bound on row keys: all below, all not below, or (0) the timestamp decides. */
    private int compare(byte[] seriesKey, byte[] bound) {
        int common = Math.min(seriesKey.length, bound.length);
        int order = Arrays.compareUnsigned(seriesKey, 0, common, bound, 0, common);
        if (order != 0) {
            return order;
        }
        if (bound.length <= seriesKey.length) {
            return 1;
        }
        return Integer.compare(presence() & 0xFF, bound[seriesKey.length] & 0xFF);
    }

    /** The rows of a series whose row keys lie in a range; null when there can be none. */
    @Nullable
    TimeRange within(byte[] seriesKey, byte @Nullable [] fromKey, byte @Nullable [] toKey) {
        long low = 0;
        long high = -1;
        if (fromKey != null) {
            int order = compare(seriesKey, fromKey);
            if (order < 0) {
                return null;
            }
            if (order == 0) {
                long bound = paddedNumber(fromKey, seriesKey.length + 1);
                boolean isLonger = fromKey.length > seriesKey.length + TIMESTAMP_LENGTH;
                if (isLonger && bound == -1) {
                    return null;
                }
                low = isLonger ? bound + 1 : bound;
            }
        }
        if (toKey != null) {
            int order = compare(seriesKey, toKey);
            if (order > 0) {
                return null;
            }
            if (order == 0) {
                long bound = paddedNumber(toKey, seriesKey.length + 1);
                boolean isLonger = toKey.length > seriesKey.length + TIMESTAMP_LENGTH;
                if (!isLonger && bound == 0) {
                    return null;
                }
                high = isLonger ? bound : bound - 1;
            }
        }
        if (Long.compareUnsigned(low, high) > 0) {
            return null;
        }
        return isDescending ? new TimeRange(decode(high), decode(low)) : new TimeRange(decode(low), decode(high));
    }

    /** Up to eight bytes as a number, zeros behind them. */
    private static long paddedNumber(byte[] key, int at) {
        byte[] bytes = new byte[Long.BYTES];
        System.arraycopy(key, at, bytes, 0, Math.max(0, Math.min(Long.BYTES, key.length - at)));
        return (long) LONGS.get(bytes, 0);
    }

    /** Timestamps, both included. */
    record TimeRange(long from, long to) {}
}
