package io.trellisdb.storage.series;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;

/**
 * Rows put and rows deleted, by ascending distinct timestamps; a deleted row has NULLs. As a record beside a block this is
 * its overlay:
 *
 * <pre>
 * overlay := version u8 (1) · columns varint · ids varint… · batch with types: timestamps, deleted, columns · CRC-32C
 * </pre>
 *
 * Immutable.
 */
public final class SeriesChanges {
    private static final int VERSION = 1;

    private final SeriesRows rows;
    private final boolean[] deleted;

    SeriesChanges(SeriesRows rows, boolean[] deleted) {
        this.rows = rows;
        this.deleted = deleted;
    }

    static SeriesChanges none(SeriesShape shape) {
        return new SeriesChanges(SeriesRows.empty(shape), new boolean[0]);
    }

    SeriesRows rows() {
        return rows;
    }

    boolean isDeleted(int change) {
        return deleted[change];
    }

    public int count() {
        return rows.count();
    }

    public boolean isEmpty() {
        return rows.count() == 0;
    }

    /** Changes in the order in which they were made, of which the last one of each timestamp counts. */
    static SeriesChanges ofLog(long[] timestamps, boolean[] deleted, ColumnVector[] columns, int count) {
        if (isAscending(timestamps, count)) {
            return new SeriesChanges(new SeriesRows(timestamps, count, columns), deleted);
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) -> timestamps[a] != timestamps[b]
                        ? Long.compare(timestamps[a], timestamps[b])
                        : Integer.compare(a, b));
        int[] chosen = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean isLast = i == count - 1 || timestamps[order[i]] != timestamps[order[i + 1]];
            if (isLast) {
                chosen[kept++] = order[i];
            }
        }
        long[] ordered = new long[kept];
        boolean[] gone = new boolean[kept];
        for (int i = 0; i < kept; i++) {
            ordered[i] = timestamps[chosen[i]];
            gone[i] = deleted[chosen[i]];
        }
        ColumnVector[] selected = new ColumnVector[columns.length];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = columns[i].select(chosen, kept);
        }
        return new SeriesChanges(new SeriesRows(ordered, kept, selected), gone);
    }

    private static boolean isAscending(long[] timestamps, int count) {
        for (int i = 1; i < count; i++) {
            if (timestamps[i] <= timestamps[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a row of this timestamp after the changes. */
    boolean isThere(long timestamp, boolean wasThere) {
        int found = rows.firstAtOrAfter(timestamp);
        boolean isChanged = found < rows.count() && rows.timestamps()[found] == timestamp;
        return isChanged ? !deleted[found] : wasThere;
    }

    /** The changes from {@code from} to {@code to}, both included. */
    SeriesChanges between(long from, long to) {
        int start = rows.firstAtOrAfter(from);
        int end = to == Long.MAX_VALUE ? rows.count() : rows.firstAtOrAfter(to + 1);
        if (start == 0 && end == rows.count()) {
            return this;
        }
        int last = Math.max(start, end);
        return new SeriesChanges(rows.slice(start, last), Arrays.copyOfRange(deleted, start, last));
    }

    /** These changes and then newer ones. */
    SeriesChanges followedBy(SeriesChanges newer) {
        if (isEmpty() || newer.isEmpty()) {
            return isEmpty() ? newer : this;
        }
        int total = count() + newer.count();
        long[] timestamps = Arrays.copyOf(rows.timestamps(), total);
        System.arraycopy(newer.rows.timestamps(), 0, timestamps, count(), newer.count());
        boolean[] gone = Arrays.copyOf(deleted, total);
        System.arraycopy(newer.deleted, 0, gone, count(), newer.count());
        ColumnVector[] columns = new ColumnVector[rows.columns().length];
        for (int i = 0; i < columns.length; i++) {
            VectorBuilder builder = VectorBuilder.of(rows.columns()[i].type(), total);
            builder.appendRange(rows.columns()[i], 0, count());
            builder.appendRange(newer.rows.columns()[i], 0, newer.count());
            columns[i] = builder.build();
        }
        return ofLog(timestamps, gone, columns, total);
    }

    /** At most a batch's rows can be encoded; overlays are folded long before. */
    byte[] encode(SeriesShape shape) {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        out.writeVarInt(shape.columnCount());
        for (int id : shape.columnIds()) {
            out.writeVarInt(id);
        }
        int[] flags = new int[count()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = deleted[i] ? 1 : 0;
        }
        ColumnVector[] all = new ColumnVector[shape.columnCount() + 2];
        all[0] = new LongVector(DataType.BIGINT, rows.timestamps(), null, count());
        all[1] = new IntVector(DataType.BOOLEAN, flags, null, count());
        System.arraycopy(rows.columns(), 0, all, 2, shape.columnCount());
        BatchCodec.encodeWithTypes(out, new Batch(count(), all));
        out.writeInt(Crc32c.of(out.array(), 0, out.position()));
        return out.toByteArray();
    }

    /** Reads an overlay that may have been written with other columns; damage is {@code DATA_CORRUPTED}. */
    static SeriesChanges decode(byte[] bytes, SeriesShape shape) {
        int end = bytes.length - Integer.BYTES;
        if (end < 0
                || Crc32c.of(bytes, 0, end)
                        != ByteReader.ofStored(bytes, end, Integer.BYTES).readInt()) {
            throw damage("wrong checksum of " + bytes.length + " bytes");
        }
        ByteReader in = ByteReader.ofStored(bytes, 0, end);
        if (in.readUnsignedByte() != VERSION) {
            throw damage("unknown version");
        }
        int[] ids = new int[in.readCount(1)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = in.readVarInt();
        }
        Batch batch = BatchCodec.decodeWithTypes(in, BatchCodec.Origin.TRELLIS);
        in.expectEnd();
        boolean isShaped = batch.columnCount() == ids.length + 2
                && batch.column(0) instanceof LongVector
                && batch.column(1) instanceof IntVector;
        if (!isShaped) {
            throw damage("other columns: " + batch.columnCount());
        }
        return ofBatch(batch, ids, shape);
    }

    private static SeriesChanges ofBatch(Batch batch, int[] ids, SeriesShape shape) {
        int count = batch.rowCount();
        long[] timestamps = ((LongVector) batch.column(0)).values();
        boolean[] deleted = new boolean[count];
        for (int i = 0; i < count; i++) {
            deleted[i] = ((IntVector) batch.column(1)).get(i) != 0;
            if (i > 0 && timestamps[i] <= timestamps[i - 1]) {
                throw damage("timestamps do not ascend: change " + i);
            }
        }
        ColumnVector[] columns = new ColumnVector[shape.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            DataType type = shape.types().get(i);
            columns[i] = Vectors.constant(type, shape.absentValues().get(i), count);
            for (int k = 0; k < ids.length; k++) {
                if (ids[k] == shape.columnIds().get(i)) {
                    columns[i] = typed(batch.column(k + 2), type);
                }
            }
        }
        return new SeriesChanges(new SeriesRows(timestamps, count, columns), deleted);
    }

    private static ColumnVector typed(ColumnVector vector, DataType type) {
        DataType stored = vector.type();
        boolean isSame = stored.layout() == type.layout()
                && (stored.element() == null
                        || stored.elementType().layout() == type.elementType().layout());
        if (!isSame) {
            throw damage("column has another layout: " + stored + " instead of " + type);
        }
        return vector.as(type);
    }

    private static TrellisException damage(String message) {
        return new TrellisException(ErrorCode.DATA_CORRUPTED, "overlay is damaged: " + message);
    }
}
