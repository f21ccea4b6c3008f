package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.series.BlockList;
import io.trellisdb.storage.series.SeriesContext;
import io.trellisdb.storage.series.SeriesShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All series of one container in one partition. Changes are made by one thread at a time inside a round of the
 * {@link SeriesPartition}; any thread reads.
 */
public final class TimeSeries {
    private final SeriesPartition partition;
    private final int slot;
    private final KeyLayout layout;
    private final SeriesContext context;
    private final SeriesTable table = new SeriesTable();
    private volatile ContainerDescriptor descriptor;

    /** Confined to the writer thread: how a version's batches become the shape's columns. */
    private int plannedVersion = -1;

    private @Nullable SeriesShape plannedShape;
    private int[] plan = new int[0];

    /** A container whose blocks, if there are any, lie in this slot; {@link SeriesPartition#load} finds them. */
    public TimeSeries(SeriesPartition partition, int slot, ContainerDescriptor descriptor, long floor) {
        this.partition = partition;
        this.slot = slot;
        this.layout = new KeyLayout(descriptor);
        this.descriptor = descriptor;
        this.context = new SeriesContext(layout.shapeOf(descriptor), floor, partition.windows(), partition.writer());
    }

    /** A series that has blocks. */
    void addStored(byte[] seriesKey) {
        table.add(new StoredSeries(partition, slot, context, seriesKey, null));
    }

    /** Where its blocks lie. */
    public int slot() {
        return slot;
    }

    public KeyLayout layout() {
        return layout;
    }

    /** The columns of rows that come from here on. */
    SeriesShape shape() {
        return context.shape();
    }

    ContainerDescriptor descriptor() {
        return descriptor;
    }

    SeriesTable table() {
        return table;
    }

    /** How many series have rows or had some. */
    public int seriesCount() {
        return table.size();
    }

    /** The container as it is from here on. */
    public void describe(ContainerDescriptor changed) {
        descriptor = changed;
        SeriesShape shape = layout.shapeOf(changed);
        if (!shape.equals(context.shape())) {
            context.shape(shape);
        }
    }

    /**
     * Puts rows of a known version, replacing those of the same keys.
     *
     * @param isRefill whether blocks have all changes of this position already, so that only windows are changed
     * @return how many rows are new
     */
    public long put(long lsn, boolean isRefill, ContainerDescriptor version, Batch rows, List<byte[]> rowKeys) {
        ColumnVector[] columns = inShape(version, rows);
        LongVector times = (LongVector) rows.column(version.columnIndex(layout.timestampColumnId()));
        return new RowGroups(this, rowKeys).put(lsn, isRefill, times.values(), columns);
    }

    private ColumnVector[] inShape(ContainerDescriptor version, Batch rows) {
        SeriesShape shape = context.shape();
        if (plannedVersion != version.version() || !shape.equals(plannedShape)) {
            plan = shape.columnIds().stream().mapToInt(version::columnIndex).toArray();
            plannedVersion = version.version();
            plannedShape = shape;
        }
        ColumnVector[] columns = new ColumnVector[plan.length];
        for (int i = 0; i < plan.length; i++) {
            columns[i] = plan[i] >= 0
                    ? rows.column(plan[i])
                    : Vectors.constant(
                            shape.types().get(i), shape.absentValues().get(i), rows.rowCount());
        }
        return columns;
    }

    /** The series of a key that begins these bytes; a new one when there is none. Writer thread. */
    StoredSeries seriesOf(byte[] rowKey, int length) {
        StoredSeries found = table.find(rowKey, 0, length);
        if (found == null) {
            found = new StoredSeries(partition, slot, context, Arrays.copyOf(rowKey, length), BlockList.EMPTY);
            table.add(found);
        }
        return found;
    }

    /** Deletes the rows of these keys; absent ones are passed over. Returns how many there were. */
    public long delete(long lsn, boolean isRefill, List<byte[]> rowKeys) {
        long removed = 0;
        int next = 0;
        while (next < rowKeys.size()) {
            byte[] first = rowKeys.get(next);
            int length = KeyLayout.seriesLength(first);
            StoredSeries series = length < 0 ? null : table.find(first, 0, length);
            int end = next + 1;
            while (series != null && end < rowKeys.size() && isOf(series, rowKeys.get(end))) {
                end++;
            }
            if (series != null) {
                long[] timestamps = rowKeys.subList(next, end).stream()
                        .mapToLong(layout::timestamp)
                        .toArray();
                removed += series.series().delete(lsn, isRefill, timestamps);
            }
            next = end;
        }
        return removed;
    }

    private static boolean isOf(StoredSeries series, byte[] rowKey) {
        int length = KeyLayout.seriesLength(rowKey);
        return length >= 0 && series.hasKey(rowKey, 0, length);
    }

    /** Drops the rows before a timestamp; returns how many there were. */
    public long raiseFloor(long timestamp) {
        long removed = 0;
        List<StoredSeries> empty = new ArrayList<>();
        for (StoredSeries series : table.ordered().values()) {
            removed += series.series().dropBefore(timestamp);
            if (series.series().isEmpty()) {
                empty.add(series);
            }
        }
        context.raiseFloor(timestamp);
        table.removeAll(empty);
        return removed;
    }

    /** Empties the windows: blocks know already that the container was emptied. */
    public void clearWindows() {
        table.ordered().values().forEach(series -> series.series().clearWindow());
    }

    /** The container is thrown away; its blocks are somebody else's business. */
    public void forget() {
        table.ordered().values().forEach(series -> series.series().forget());
    }

    /** Folds all overlays. */
    public void fold() {
        table.ordered().values().forEach(series -> series.series().fold());
    }

    @Nullable
    StoredSeries find(byte[] rowKey) {
        int length = KeyLayout.seriesLength(rowKey);
        return length < 0 ? null : table.find(rowKey, 0, length);
    }

    /** Whether a row of this key is passed over because it is too old. */
    public boolean isUnderFloor(byte[] rowKey) {
        return layout.timestamp(rowKey) < context.floor();
    }

    public boolean contains(byte[] rowKey) {
        StoredSeries series = find(rowKey);
        return series != null && series.series().contains(layout.timestamp(rowKey));
    }

    /** The rows of these keys, in their order, absent ones left out. */
    public Batch get(List<byte[]> rowKeys, List<Integer> columnIds, boolean withRowKey) {
        RowOutput output = new RowOutput(this, columnIds, withRowKey);
        for (byte[] rowKey : rowKeys) {
            output.add(rowKey);
        }
        return output.build();
    }

    /** Collects rows by their keys. */
    public RowOutput output(List<Integer> columnIds, boolean withRowKey) {
        return new RowOutput(this, columnIds, withRowKey);
    }

    /** A scan by row keys or series. */
    public BatchCursor scan(ScanRequest request) {
        return new SeriesScan(this, request);
    }

    public AggregateCursor aggregate(AggregateRequest request) {
        return new SeriesAggregation(this, request);
    }

    public BatchCursor latest(LatestRequest request) {
        return new LatestRows(this, request);
    }

    /** Counts the rows that scans would find. */
    public long countRows() {
        long count = 0;
        for (StoredSeries series : table.ordered().values()) {
            count += series.series().countRows();
        }
        return count;
    }

    /**
     * Checks the blocks of all series: that each can be read whole, that they do not overlap, and that headers tell what is
     * in them. Exact while nobody writes.
     *
     * @param complaints hears a sentence for each thing that is wrong
     * @return how many blocks and overlays there are
     */
    public int verify(Consumer<String> complaints) {
        int found = 0;
        for (StoredSeries series : table.ordered().values()) {
            found += new SeriesCheck(series, context.shape(), complaints).run();
        }
        return found;
    }
}
