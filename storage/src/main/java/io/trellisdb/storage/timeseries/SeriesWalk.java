package io.trellisdb.storage.timeseries;

import io.trellisdb.storage.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/** The series of a table whose keys lie in ranges, in key order or the other way round. Confined to one thread. */
final class SeriesWalk {
    private final Deque<Iterator<StoredSeries>> ranges = new ArrayDeque<>();

    /** {@code series} ascends. */
    SeriesWalk(SeriesTable table, List<KeyRange> series, boolean descending) {
        List<KeyRange> order = new ArrayList<>(series);
        if (descending) {
            Collections.reverse(order);
        }
        for (KeyRange range : order) {
            ConcurrentNavigableMap<byte[], StoredSeries> part = table.ordered();
            byte[] from = range.from();
            byte[] to = range.to();
            boolean isNothing = from != null && to != null && Arrays.compareUnsigned(from, to) >= 0;
            if (isNothing) {
                continue;
            }
            part = from == null ? part : part.tailMap(from, true);
            part = to == null ? part : part.headMap(to, false);
            ranges.add((descending ? part.descendingMap() : part).values().iterator());
        }
    }

    @Nullable
    StoredSeries next() {
        while (!ranges.isEmpty()) {
            if (ranges.getFirst().hasNext()) {
                return ranges.getFirst().next();
            }
            ranges.removeFirst();
        }
        return null;
    }
}
