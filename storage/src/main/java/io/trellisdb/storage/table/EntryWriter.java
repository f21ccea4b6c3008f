package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.Round;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes index entries. Confined to the partition's writer thread. */
final class EntryWriter {
    /** Of a row that replaces none. */
    static final int NEW_ROW = -1;

    private static final byte[] EMPTY = new byte[0];

    private final Keyspace indexes;
    private final ByteWriter newKey = new ByteWriter();
    private final ByteWriter oldKey = new ByteWriter();

    EntryWriter(Keyspace indexes) {
        this.indexes = indexes;
    }

    /**
     * Changes the entries of rows that were put, one index after the other.
     *
     * @param version the version of {@code rows}
     * @param oldRows the indexed columns of the shape of rows that were replaced
     * @param replaced for each row the one of {@code oldRows} that it replaces, or {@link #NEW_ROW}
     */
    void replace(
            Round round,
            Shape shape,
            ContainerDescriptor version,
            Batch rows,
            List<byte[]> rowKeys,
            Batch oldRows,
            int[] replaced) {
        for (IndexShape index : shape.indexes()) {
            if (index.state() != State.FAILED) {
                ColumnVector[] columns = index.columnsOf(version, shape.descriptor(), rows);
                replace(round, index, columns, oldColumns(shape, index, oldRows), replaced, rowKeys);
            }
        }
    }

    private void replace(
            Round round,
            IndexShape index,
            ColumnVector[] columns,
            ColumnVector[] oldColumns,
            int[] replaced,
            List<byte[]> rowKeys) {
        for (int row = 0; row < replaced.length; row++) {
            newKey.reset();
            index.codec().encode(newKey, columns, row);
            if (replaced[row] != NEW_ROW) {
                oldKey.reset();
                index.codec().encode(oldKey, oldColumns, replaced[row]);
                if (isSame(newKey, oldKey) && index.state() == State.PUBLIC) {
                    continue;
                }
                delete(round, index, oldKey, rowKeys.get(row));
            }
            put(round, index, newKey, rowKeys.get(row));
        }
    }

    private static boolean isSame(ByteWriter left, ByteWriter right) {
        return Arrays.equals(left.array(), 0, left.position(), right.array(), 0, right.position());
    }

    private void put(Round round, IndexShape index, ByteWriter indexKey, byte[] rowKey) {
        round.put(indexes, Slots.key(index.slot(), indexKey.array(), indexKey.position(), rowKey), EMPTY);
    }

    private void delete(Round round, IndexShape index, ByteWriter indexKey, byte[] rowKey) {
        round.delete(indexes, Slots.key(index.slot(), indexKey.array(), indexKey.position(), rowKey));
    }

    private static ColumnVector[] oldColumns(Shape shape, IndexShape index, Batch oldRows) {
        ColumnVector[] vectors = new ColumnVector[index.columnIds().size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = oldRows.column(
                    shape.indexedColumns().indexOf(index.columnIds().get(i)));
        }
        return vectors;
    }

    /** Deletes the entries of rows given by the shape's indexed columns. */
    void delete(Round round, Shape shape, Batch oldRows, List<byte[]> rowKeys) {
        for (IndexShape index : shape.indexes()) {
            if (index.state() != State.FAILED) {
                ColumnVector[] columns = oldColumns(shape, index, oldRows);
                for (int row = 0; row < rowKeys.size(); row++) {
                    oldKey.reset();
                    index.codec().encode(oldKey, columns, row);
                    delete(round, index, oldKey, rowKeys.get(row));
                }
            }
        }
    }

    /** Adds entries of rows given by the index's columns. */
    void add(Round round, IndexShape index, Batch columns, List<byte[]> rowKeys) {
        if (rowKeys.isEmpty()) {
            return;
        }
        ColumnVector[] vectors = columnsOf(index, columns);
        for (int row = 0; row < rowKeys.size(); row++) {
            newKey.reset();
            index.codec().encode(newKey, vectors, row);
            put(round, index, newKey, rowKeys.get(row));
        }
    }

    /** The index key of a row given by the index's columns; null if it holds a NULL. */
    byte @Nullable [] uniqueKey(IndexShape index, Batch columns, int row) {
        ColumnVector[] vectors = columnsOf(index, columns);
        if (IndexShape.hasNull(vectors, row)) {
            return null;
        }
        newKey.reset();
        index.codec().encode(newKey, vectors, row);
        return newKey.toByteArray();
    }

    private static ColumnVector[] columnsOf(IndexShape index, Batch columns) {
        ColumnVector[] vectors = new ColumnVector[index.columnIds().size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = columns.column(i);
        }
        return vectors;
    }
}
