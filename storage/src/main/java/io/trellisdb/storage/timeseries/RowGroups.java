package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.ColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of a batch by their series, each series looked up once. One use, on the writer thread. */
final class RowGroups {
    private final int[] groupOf;
    private final int[] sizes;
    private final List<StoredSeries> series = new ArrayList<>();

    RowGroups(TimeSeries container, List<byte[]> rowKeys) {
        this.groupOf = new int[rowKeys.size()];
        this.sizes = new int[groupOf.length];
        StoredSeries last = null;
        for (int row = 0; row < groupOf.length; row++) {
            byte[] key = rowKeys.get(row);
            int length = KeyLayout.seriesLength(key);
            if (last == null || !last.hasKey(key, 0, length)) {
                last = container.seriesOf(key, length);
            }
            add(row, last);
        }
        series.forEach(each -> each.group = -1);
    }

    private void add(int row, StoredSeries of) {
        if (of.group < 0) {
            of.group = series.size();
            series.add(of);
        }
        groupOf[row] = of.group;
        sizes[of.group]++;
    }

    /** Puts the rows of each series in the order of the batch; returns how many are new. */
    long put(long lsn, boolean isRefill, long[] timestamps, ColumnVector[] columns) {
        int[][] rows = new int[series.size()][];
        for (int group = 0; group < rows.length; group++) {
            rows[group] = new int[sizes[group]];
        }
        Arrays.fill(sizes, 0, rows.length, 0);
        for (int row = 0; row < groupOf.length; row++) {
            int group = groupOf[row];
            rows[group][sizes[group]++] = row;
        }
        long added = 0;
        for (int group = 0; group < rows.length; group++) {
            added +=
                    series.get(group).series().put(lsn, isRefill, timestamps, columns, rows[group], rows[group].length);
        }
        return added;
    }
}
