package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.table.PartitionState.Garbage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Compares indexes with rows, counts with what is there, and slots with containers. One use. */
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

    PartitionCheck(PartitionState partition) {
        this.partition = partition;
    }

    List<String> complaints() {
        for (ContainerState container : partition.containers().values()) {
            addSlots(container);
        }
        check(KeyspaceKind.ROWS, partition.rows());
        check(KeyspaceKind.INDEXES, partition.indexes());
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
                if (kind == KeyspaceKind.ROWS && rowSlots.containsKey(slot)) {
                    checkRow(rowSlots.get(slot).shape(), cursor.key(), cursor.value());
                } else if (kind == KeyspaceKind.INDEXES && indexSlots.containsKey(slot)) {
                    checkEntry(indexSlots.get(slot), cursor.key());
                } else if (!partition.garbage().contains(new Garbage(kind, slot))) {
                    complain("key belongs to nothing: " + HexFormat.of().formatHex(cursor.key()));
                }
                isThere = cursor.next();
            }
        }
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
        ByteWriter indexKey = new ByteWriter();
        index.codec().encode(indexKey, vectors, 0);
        return Slots.key(index.slot(), indexKey.array(), indexKey.position(), Slots.tail(key, Slots.LENGTH));
    }

    private void checkEntry(IndexShape index, byte[] entry) {
        entryCounts.merge(index.slot(), 1L, Long::sum);
        Shape shape = shapesByIndexSlot.get(index.slot());
        if (shape == null || index.state() == State.FAILED) {
            return;
        }
        byte[] key = Slots.key(shape.rowSlot(), Slots.tail(entry, index.rowKeyStart(entry)));
        byte[] row = partition.rows().get(key);
        if (row == null || !java.util.Arrays.equals(entry, entryKey(shape, index, key, row))) {
            complain("entry of " + index.name() + " has no row: "
                    + HexFormat.of().formatHex(entry));
        }
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
