package io.trellisdb.storage.timeseries;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The series of a container by their keys: hashed for rows that come and go, ordered for scans. One thread at a time changes
 * it, any thread reads.
 */
final class SeriesTable {
    private static final int FIRST_CAPACITY = 4;

    private final ConcurrentNavigableMap<byte[], StoredSeries> ordered =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    /** Open addressing, at most half full. */
    private volatile AtomicReferenceArray<@Nullable StoredSeries> hashed = new AtomicReferenceArray<>(FIRST_CAPACITY);

    private int size;

    /** The series whose key lies in these bytes. */
    @Nullable
    StoredSeries find(byte[] bytes, int from, int length) {
        AtomicReferenceArray<@Nullable StoredSeries> table = hashed;
        int mask = table.length() - 1;
        int at = StoredSeries.hash(bytes, from, length) & mask;
        while (true) {
            StoredSeries series = table.get(at);
            if (series == null || series.hasKey(bytes, from, length)) {
                return series;
            }
            at = at + 1 & mask;
        }
    }

    int size() {
        return size;
    }

    /** All series in key order; walks along while series are added. */
    ConcurrentNavigableMap<byte[], StoredSeries> ordered() {
        return ordered;
    }

    /** Adds a series that is not there. */
    void add(StoredSeries series) {
        if (2 * (size + 1) > hashed.length()) {
            hashed = rehashed(2 * hashed.length());
        }
        insert(hashed, series);
        size++;
        ordered.put(series.key(), series);
    }

    private AtomicReferenceArray<@Nullable StoredSeries> rehashed(int capacity) {
        AtomicReferenceArray<@Nullable StoredSeries> table = new AtomicReferenceArray<>(capacity);
        ordered.values().forEach(series -> insert(table, series));
        return table;
    }

    private static void insert(AtomicReferenceArray<@Nullable StoredSeries> table, StoredSeries series) {
        int mask = table.length() - 1;
        int at = series.hash() & mask;
        while (table.get(at) != null) {
            at = at + 1 & mask;
        }
        table.set(at, series);
    }

    /** Removes series that hold nothing. */
    void removeAll(Collection<StoredSeries> gone) {
        if (!gone.isEmpty()) {
            gone.forEach(series -> ordered.remove(series.key()));
            hashed = rehashed(hashed.length());
            size = ordered.size();
        }
    }
}
