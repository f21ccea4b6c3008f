package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.table.PartitionState.Garbage;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares indexes with rows, blocks with series, counts with what is there, and slots with containers. One use. */
final class PartitionCheck {
    /** Complaints beyond these say nothing new. */
    private static final int COMPLAINTS_MAX = 100;

    private final PartitionState partition;
    private final List<String> complaints = new ArrayList<>();
    private final Map<Integer, ContainerState> rowSlots = new HashMap<>();
    private final Map<Integer, IndexShape> indexSlots = new HashMap<>();
    private final Map<Integer, Shape> shapesByIndexSlot = new HashMap<>();
    private final Map<Integer, Long> rowCounts = new HashMap<>();
    private final Map<Integer, Long> entryCounts = new HashMap<>();
    /** Blocks and overlays by slot. */
    private final Map<Integer, Integer> blockKeys = new HashMap<>();

    PartitionCheck(PartitionState partition) {
        this.partition = partition;
    }

    List<String> complaints() {
        for (ContainerState container : partition.containers().values()) {
            addSlots(container);
        }
        check(KeyspaceKind.ROWS, partition.rows());
        check(KeyspaceKind.INDEXES, partition.indexes());
        check(KeyspaceKind.BLOCKS, partition.series().blocks());
        check(KeyspaceKind.OVERLAYS, partition.series().overlays());
        for (ContainerState container : partition.containers().values()) {
            TimeSeries series = container.series();
            if (series != null) {
                checkSeries(container.shape(), series);
            }
        }
        checkCounts();
        return List.copyOf(complaints);
    }

    private void complain(String sentence) {
        if (complaints.size() < COMPLAINTS_MAX) {
            complaints.add(sentence + ", partition " + partition.partition());
        }
    }

    private void addSlots(ContainerState container) {
        Shape shape = container.shape();
        if (rowSlots.put(shape.rowSlot(), container) != null) {
            complain("two containers share a slot: " + shape.rowSlot());
        }
        for (IndexShape index : shape.indexes()) {
            if (indexSlots.put(index.slot(), index) != null || rowSlots.containsKey(index.slot())) {
                complain("slot is used twice: " + index.slot());
            }
            shapesByIndexSlot.put(index.slot(), shape);
        }
    }

    private void check(KeyspaceKind kind, Keyspace keyspace) {
        try (KeyCursor cursor = keyspace.cursor()) {
            boolean isThere = cursor.seek(Slots.key(0));
            while (isThere) {
                int slot = Slots.slot(cursor.key());
                ContainerState container = rowSlots.get(slot);
                if (kind == KeyspaceKind.ROWS && container != null && container.series() == null) {
                    checkRow(container.shape(), cursor.key(), cursor.value());
                } else if (kind == KeyspaceKind.INDEXES && indexSlots.containsKey(slot)) {
                    checkEntry(indexSlots.get(slot), cursor.key());
                } else if (hasBlocks(kind) && container != null && container.series() != null) {
                    blockKeys.merge(slot, 1, Integer::sum);
                } else if (!partition.garbage().contains(garbage(kind, slot))) {
                    complain("key belongs to nothing: " + HexFormat.of().formatHex(cursor.key()));
                }
                isThere = cursor.next();
            }
        }
    }

    private static boolean hasBlocks(KeyspaceKind kind) {
        return kind == KeyspaceKind.BLOCKS || kind == KeyspaceKind.OVERLAYS;
    }

    private static Garbage garbage(KeyspaceKind kind, int slot) {
        return new Garbage(hasBlocks(kind) ? KeyspaceKind.BLOCKS : kind, slot);
    }

    /** Reads all rows of a time series as scans do, and all blocks as they are stored. */
    private void checkSeries(Shape shape, TimeSeries series) {
        int slot = shape.rowSlot();
        try {
            int blocks = series.verify(
                    sentence -> complain(sentence + ", " + shape.descriptor().name()));
            int stored = blockKeys.getOrDefault(slot, 0);
            if (blocks != stored) {
                complain("blocks of " + shape.descriptor().name() + " are " + stored + " instead of " + blocks);
            }
            List<Integer> all = shape.descriptor().columns().stream()
                    .map(ColumnDescriptor::id)
                    .toList();
            ScanRequest request = new ScanRequest(
                    shape.descriptor().id(),
                    all,
                    new ScanRequest.Access.Primary(KeyRange.ALL),
                    false,
                    ScanRequest.NO_LIMIT,
                    true);
            try (BatchCursor cursor = series.scan(request)) {
                for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    checkRows(shape, batch);
                }
            }
        } catch (TrellisException e) {
            complain("rows of " + shape.descriptor().name() + " cannot be read: " + e.getMessage());
        }
    }

    private void checkRows(Shape shape, Batch rows) {
        rowCounts.merge(shape.rowSlot(), (long) rows.rowCount(), Long::sum);
        List<byte[]> keys = SeriesRowWriter.rowKeys(rows);
        for (IndexShape index : shape.indexes()) {
            ColumnVector[] columns = index.columnsOf(shape.descriptor(), shape.descriptor(), rows);
            for (int row = 0; index.state() == State.PUBLIC && row < keys.size(); row++) {
                if (!partition.indexes().contains(entryKey(index, columns, row, keys.get(row)))) {
                    complain("row has no entry in " + index.name() + ": "
                            + HexFormat.of().formatHex(keys.get(row)));
                }
            }
        }
    }

    private static byte[] entryKey(IndexShape index, ColumnVector[] columns, int row, byte[] rowKey) {
        ByteWriter indexKey = new ByteWriter();
        index.codec().encode(indexKey, columns, row);
        return Slots.key(index.slot(), indexKey.array(), indexKey.position(), rowKey);
    }

    private void checkRow(Shape shape, byte[] key, byte[] row) {
        rowCounts.merge(shape.rowSlot(), 1L, Long::sum);
        try {
            List<Integer> all = shape.descriptor().columns().stream()
                    .map(ColumnDescriptor::id)
                    .toList();
            RowDecoder decoder = new RowDecoder(shape, all, false, 1);
            decoder.append(row, key, Slots.LENGTH);
            decoder.build();
            for (IndexShape index : shape.indexes()) {
                if (index.state() == State.PUBLIC && !partition.indexes().contains(entryKey(shape, index, key, row))) {
                    complain("row has no entry in " + index.name() + ": "
                            + HexFormat.of().formatHex(key));
                }
            }
        } catch (TrellisException e) {
            complain("row cannot be read: " + HexFormat.of().formatHex(key) + ", " + e.getMessage());
        }
    }

    private static byte[] entryKey(Shape shape, IndexShape index, byte[] key, byte[] row) {
        RowDecoder decoder = new RowDecoder(shape, index.columnIds(), false, 1);
        decoder.append(row, key, Slots.LENGTH);
        Batch values = decoder.build();
        ColumnVector[] vectors = new ColumnVector[values.columnCount()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = values.column(i);
        }
        return entryKey(index, vectors, 0, Slots.tail(key, Slots.LENGTH));
    }

    private void checkEntry(IndexShape index, byte[] entry) {
        entryCounts.merge(index.slot(), 1L, Long::sum);
        Shape shape = shapesByIndexSlot.get(index.slot());
        if (shape == null || index.state() == State.FAILED) {
            return;
        }
        byte[] rowKey = Slots.tail(entry, index.rowKeyStart(entry));
        byte[] expected = expectedEntry(index, shape, rowKey);
        if (!Arrays.equals(entry, expected)) {
            complain("entry of " + index.name() + " has no row: "
                    + HexFormat.of().formatHex(entry));
        }
    }

    /** The entry that the row of a key has; null when there is no row. */
    private byte @Nullable [] expectedEntry(IndexShape index, Shape shape, byte[] rowKey) {
        ContainerState container = rowSlots.get(shape.rowSlot());
        TimeSeries series = container == null ? null : container.series();
        if (series == null) {
            byte[] key = Slots.key(shape.rowSlot(), rowKey);
            byte[] row = partition.rows().get(key);
            return row == null ? null : entryKey(shape, index, key, row);
        }
        Batch row = series.get(List.of(rowKey), index.columnIds(), false);
        ColumnVector[] columns = new ColumnVector[row.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = row.column(i);
        }
        return row.rowCount() == 0 ? null : entryKey(index, columns, 0, rowKey);
    }

    private void checkCounts() {
        for (ContainerState container : partition.containers().values()) {
            Shape shape = container.shape();
            long rows = rowCounts.getOrDefault(shape.rowSlot(), 0L);
            if (rows != container.rows()) {
                complain("rows of " + shape.descriptor().name() + " are miscounted: " + container.rows()
                        + " instead of " + rows);
            }
            for (IndexShape index : shape.indexes()) {
                long entries = entryCounts.getOrDefault(index.slot(), 0L);
                if (index.state() == State.PUBLIC && entries != rows) {
                    complain("index " + index.name() + " has " + entries + " entries for " + rows + " rows");
                }
            }
        }
    }
}
