package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.RowCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.PartitionReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns stored rows of any version into batches of the wanted columns of the current one: columns that a row's version does
 * not have get their absent value. Confined to one thread.
 */
final class RowDecoder {
    private final Shape shape;
    private final List<Integer> columnIds;
    private final VectorBuilder[] builders;
    /** The place of the hidden row id among the columns, or -1. */
    private final int rowIdColumn;

    private final @Nullable BytesVectorBuilder rowKeys;
    private int rows;
    private int planVersion = -1;
    private int[] planIndexes = new int[0];
    private @Nullable RowCodec planCodec;
    private boolean hasAbsentColumns;

    /** {@code expectedRows} only sizes the first allocation. */
    RowDecoder(Shape shape, List<Integer> columnIds, boolean withRowKey, int expectedRows) {
        this.shape = shape;
        this.columnIds = columnIds;
        this.builders = new VectorBuilder[columnIds.size()];
        int rowId = -1;
        for (int i = 0; i < builders.length; i++) {
            int columnId = columnIds.get(i);
            if (columnId == PartitionReader.ROW_ID_COLUMN) {
                rowId = i;
            }
            builders[i] = VectorBuilder.of(typeOf(shape.descriptor(), columnId), expectedRows);
        }
        this.rowIdColumn = rowId;
        this.rowKeys = withRowKey ? (BytesVectorBuilder) VectorBuilder.of(DataType.VARBINARY, expectedRows) : null;
    }

    static DataType typeOf(ContainerDescriptor descriptor, int columnId) {
        if (columnId == PartitionReader.ROW_ID_COLUMN && !descriptor.hasPrimaryKey()) {
            return DataType.BIGINT;
        }
        int index = descriptor.columnIndex(columnId);
        if (index < 0) {
            throw new TrellisException(
                    ErrorCode.SCHEMA_CHANGED,
                    "column is not known in this version: " + columnId + " of " + descriptor.name() + " version "
                            + descriptor.version());
        }
        return descriptor.columns().get(index).type();
    }

    int rows() {
        return rows;
    }

    /** Appends a row; {@code rowKeyStart} is where the row key begins in {@code key}. */
    void append(byte[] row, byte[] key, int rowKeyStart) {
        int version = RowCodec.schemaVersion(row, 0);
        RowCodec codec = planCodec;
        if (version != planVersion || codec == null) {
            codec = plan(version);
        }
        codec.decodeColumns(row, 0, row.length, planIndexes, builders);
        if (hasAbsentColumns) {
            appendAbsent();
        }
        if (rowIdColumn >= 0) {
            ((LongVectorBuilder) builders[rowIdColumn]).appendLong(rowId(key));
        }
        if (rowKeys != null) {
            rowKeys.append(key, rowKeyStart, key.length - rowKeyStart);
        }
        rows++;
    }

    private RowCodec plan(int version) {
        RowCodec codec = shape.require(version).codec();
        int[] indexes = new int[builders.length];
        boolean isAbsent = false;
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = i == rowIdColumn ? -1 : codec.layout().indexOf(columnIds.get(i));
            isAbsent |= indexes[i] < 0 && i != rowIdColumn;
        }
        planVersion = version;
        planIndexes = indexes;
        planCodec = codec;
        hasAbsentColumns = isAbsent;
        return codec;
    }

    private void appendAbsent() {
        for (int i = 0; i < builders.length; i++) {
            if (planIndexes[i] < 0 && i != rowIdColumn) {
                ColumnDescriptor column = shape.descriptor().column(columnIds.get(i));
                builders[i].append(column.absentValue());
            }
        }
    }

    private static long rowId(byte[] key) {
        long id = 0;
        for (int i = key.length - Long.BYTES; i < key.length; i++) {
            id = id << 8 | key[i] & 0xFF;
        }
        return id;
    }

    /** The batch of what was appended; the decoder is empty afterwards. */
    Batch build() {
        ColumnVector[] vectors = new ColumnVector[builders.length + (rowKeys == null ? 0 : 1)];
        for (int i = 0; i < builders.length; i++) {
            vectors[i] = builders[i].build();
        }
        if (rowKeys != null) {
            vectors[builders.length] = rowKeys.build();
        }
        int count = rows;
        rows = 0;
        return new Batch(count, vectors);
    }
}
