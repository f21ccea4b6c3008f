package io.trellisdb.storage.block;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.type.DataType;

/** Encodes rows of one series as blocks; keeps its scratch memory between them. Confined to one thread. */
public final class BlockWriter {
    private final ColumnWriter columns = new ColumnWriter();
    private final ByteWriter headers = new ByteWriter(1024);
    private final ByteWriter bodies = new ByteWriter(32 * 1024);

    /**
     * Encodes rows. A column or the whole beyond a block's limits is {@code LIMIT_EXCEEDED}: the caller then cuts the rows in
     * halves, and a single row always fits.
     *
     * @param timestamps strictly ascending, one for each row; may be longer
     * @param columnIds the ids of the batch's columns, distinct
     */
    public byte[] encode(long[] timestamps, int[] columnIds, Batch batch) {
        check(timestamps, columnIds, batch);
        byte[] block = encodeColumns(timestamps, columnIds, batch);
        if (batch.rowCount() < BlockFormat.COMPACT_ROWS) {
            byte[] compact = encodeCompact(timestamps, columnIds, batch);
            return compact.length < block.length ? compact : block;
        }
        return block;
    }

    private static void check(long[] timestamps, int[] columnIds, Batch batch) {
        int rows = batch.rowCount();
        if (timestamps.length < rows || columnIds.length != batch.columnCount()) {
            throw new IllegalArgumentException(
                    "rows or columns differ: " + timestamps.length + ", " + rows + ", " + columnIds.length);
        }
        if (columnIds.length > BlockFormat.MAX_COLUMNS) {
            throw new IllegalArgumentException("block has too many columns: " + columnIds.length);
        }
        for (int row = 1; row < rows; row++) {
            if (timestamps[row] <= timestamps[row - 1]) {
                throw new IllegalArgumentException("timestamps do not ascend: row " + row);
            }
        }
    }

    private static void writeFixed(ByteWriter out, int form, long[] timestamps, Batch batch) {
        int rows = batch.rowCount();
        out.writeByte(BlockFormat.VERSION);
        out.writeByte(form);
        out.writeShort(rows);
        out.writeShort(batch.columnCount());
        out.writeShort(0);
        out.writeInt(0); // header's length
        out.writeInt(0); // block's length
        out.writeLong(rows == 0 ? 0 : timestamps[0]);
        out.writeLong(rows == 0 ? 0 : timestamps[rows - 1]);
    }

    private byte[] encodeColumns(long[] timestamps, int[] columnIds, Batch batch) {
        headers.reset();
        bodies.reset();
        writeFixed(headers, BlockFormat.FORM_COLUMNS, timestamps, batch);
        int entries = batch.columnCount() + 1;
        int directory = headers.skip(entries * BlockFormat.ENTRY_LENGTH);
        int[] bodyEnds = new int[entries];
        int[] bodyStarts = new int[entries];
        for (int entry = 0; entry < entries; entry++) {
            int at = directory + entry * BlockFormat.ENTRY_LENGTH;
            headers.patchInt(at, entry == 0 ? 0 : columnIds[entry - 1]);
            headers.patchInt(at + 4, headers.position());
            bodyStarts[entry] = bodies.position();
            if (entry == 0) {
                columns.writeTimestamps(headers, bodies, timestamps, batch.rowCount());
            } else {
                columns.write(headers, bodies, batch.column(entry - 1));
            }
            LongStreamWriter.pad(bodies);
            bodyEnds[entry] = bodies.position();
        }
        int headerLength = headers.position() + Integer.BYTES;
        int bodiesAt = BlockFormat.aligned(headerLength);
        for (int entry = 0; entry < entries; entry++) {
            int at = directory + entry * BlockFormat.ENTRY_LENGTH;
            int length = bodyEnds[entry] - bodyStarts[entry];
            headers.patchInt(at + 8, bodiesAt + bodyStarts[entry]);
            headers.patchInt(at + 12, length);
            headers.patchInt(at + 16, Crc32c.of(bodies.array(), bodyStarts[entry], length));
        }
        return assemble(headerLength, bodiesAt);
    }

    private byte[] assemble(int headerLength, int bodiesAt) {
        int length = bodiesAt + bodies.position() + BitPacking.SLACK;
        headers.patchInt(BlockFormat.HEADER_LENGTH_AT, headerLength);
        headers.patchInt(BlockFormat.BLOCK_LENGTH_AT, length);
        headers.writeInt(Crc32c.of(headers.array(), 0, headers.position()));
        byte[] block = new byte[length];
        System.arraycopy(headers.array(), 0, block, 0, headerLength);
        System.arraycopy(bodies.array(), 0, block, bodiesAt, bodies.position());
        return block;
    }

    private static byte[] encodeCompact(long[] timestamps, int[] columnIds, Batch batch) {
        ByteWriter out = new ByteWriter();
        writeFixed(out, BlockFormat.FORM_COMPACT, timestamps, batch);
        for (int id : columnIds) {
            out.writeVarInt(id);
        }
        int rows = batch.rowCount();
        ColumnVector[] all = new ColumnVector[batch.columnCount() + 1];
        all[0] = new LongVector(DataType.BIGINT, timestamps, null, rows);
        for (int i = 1; i < all.length; i++) {
            all[i] = batch.column(i - 1);
        }
        BatchCodec.encodeWithTypes(out, new Batch(rows, all));
        int length = out.position() + Integer.BYTES;
        out.patchInt(BlockFormat.HEADER_LENGTH_AT, length);
        out.patchInt(BlockFormat.BLOCK_LENGTH_AT, length);
        out.writeInt(Crc32c.of(out.array(), 0, out.position()));
        return out.toByteArray();
    }
}
