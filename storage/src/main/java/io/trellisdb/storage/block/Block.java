package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An encoded block, opened. Opening checks the header; a column's body is checked when it is first read. Every damage is
 * {@link ErrorCode#DATA_CORRUPTED}. Immutable; safe from any thread.
 */
public final class Block {
    private final byte[] bytes;
    private final BlockCounters counters;
    private final boolean isCompact;
    private final int rows;
    private final int columnCount;
    private final int headerLength;
    private final long first;
    private final long last;
    private final int[] ids;

    /** Which bodies have the right checksum; threads may find out twice. */
    private final boolean[] isChecked;

    private volatile long @Nullable [] timestamps;
    private volatile @Nullable Batch compact;

    private Block(byte[] bytes, BlockCounters counters) {
        this.bytes = bytes;
        this.counters = counters;
        ByteReader in = ByteReader.ofStored(bytes);
        int version = in.readUnsignedByte();
        int form = in.readUnsignedByte();
        if (version != BlockFormat.VERSION || form < BlockFormat.FORM_COLUMNS || form > BlockFormat.FORM_COMPACT) {
            throw in.failure("block has an unknown format: version " + version + ", form " + form);
        }
        this.isCompact = form == BlockFormat.FORM_COMPACT;
        this.rows = in.readUnsignedShort();
        this.columnCount = in.readUnsignedShort();
        in.readShort();
        this.headerLength = in.readInt();
        int length = in.readInt();
        this.first = in.readLong();
        this.last = in.readLong();
        int least = BlockFormat.FIXED_LENGTH
                + Integer.BYTES
                + (isCompact ? columnCount : (columnCount + 1) * BlockFormat.ENTRY_LENGTH);
        if (length != bytes.length || headerLength < least || headerLength > length) {
            throw in.failure("block has another length: " + bytes.length + " bytes, header " + headerLength);
        }
        int checksumAt = headerLength - Integer.BYTES;
        if (Crc32c.of(bytes, 0, checksumAt)
                != ByteReader.ofStored(bytes, checksumAt, Integer.BYTES).readInt()) {
            throw in.failure("block has a wrong checksum: header of " + headerLength + " bytes");
        }
        if (rows > BlockFormat.MAX_ROWS || columnCount > BlockFormat.MAX_COLUMNS || first > last) {
            throw in.failure("block is not valid: " + rows + " rows, " + columnCount + " columns");
        }
        this.ids = new int[columnCount];
        this.isChecked = new boolean[columnCount + 1];
        for (int i = 0; i < columnCount; i++) {
            ids[i] = isCompact ? in.readVarInt() : entryInt(i + 1, 0);
        }
        if (isCompact) {
            this.compact = decodeCompact(in);
        }
    }

    /** Opens a block; {@code bytes} must not be written any more. */
    public static Block open(byte[] bytes, BlockCounters counters) {
        counters.countOpened();
        return new Block(bytes, counters);
    }

    private Batch decodeCompact(ByteReader in) {
        int length = headerLength - Integer.BYTES - in.position();
        if (length < 0) {
            throw in.failure("block is shorter than its column ids: " + headerLength + " bytes");
        }
        ByteReader batchReader = ByteReader.ofStored(bytes, in.position(), length);
        Batch batch = BatchCodec.decodeWithTypes(batchReader, BatchCodec.Origin.TRELLIS);
        batchReader.expectEnd();
        if (batch.rowCount() != rows || batch.columnCount() != columnCount + 1) {
            throw batchReader.failure("block has other rows than its header says: " + batch.rowCount());
        }
        return batch;
    }

    private int entryInt(int entry, int offset) {
        int at = BlockFormat.FIXED_LENGTH + entry * BlockFormat.ENTRY_LENGTH + offset;
        return ByteReader.ofStored(bytes, at, Integer.BYTES).readInt();
    }

    public int rowCount() {
        return rows;
    }

    /** Of the first row; 0 in a block without rows. */
    public long firstTimestamp() {
        return first;
    }

    /** Of the last row; 0 in a block without rows. */
    public long lastTimestamp() {
        return last;
    }

    public int columnCount() {
        return columnCount;
    }

    public int columnId(int column) {
        return ids[column];
    }

    /** The place of a column by its id; −1 when the block was written without it. */
    public int findColumn(int columnId) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == columnId) {
                return i;
            }
        }
        return -1;
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /** The encoded block, not to be written. */
    public byte[] bytes() {
        return bytes;
    }

    private ByteReader header(int entry) {
        int at = entryInt(entry, 4);
        int end = headerLength - Integer.BYTES;
        if (at < BlockFormat.FIXED_LENGTH || at > end) {
            throw BodyCursor.damage("column's header lies outside: " + at);
        }
        return ByteReader.ofStored(bytes, at, end - at);
    }

    private BodyCursor body(int entry) {
        int at = entryInt(entry, 8);
        int length = entryInt(entry, 12);
        if (at < headerLength || length < 0 || length > bytes.length - BitPacking.SLACK - at) {
            throw BodyCursor.damage("column's body lies outside: " + at + ", " + length + " bytes");
        }
        counters.countBody();
        if (!isChecked[entry]) {
            if (Crc32c.of(bytes, at, length) != entryInt(entry, 16)) {
                throw new TrellisException(
                        ErrorCode.DATA_CORRUPTED, "block has a wrong checksum: column " + entry + " of " + columnCount);
            }
            isChecked[entry] = true;
        }
        return new BodyCursor(at, length);
    }

    private LongStream timestampStream() {
        return LongStream.read(header(0), body(0), rows);
    }

    /** The timestamps of all rows, strictly ascending; not to be written. */
    public long[] timestamps() {
        long[] known = timestamps;
        if (known == null) {
            known = decodeTimestamps();
            timestamps = known;
        }
        return known;
    }

    private long[] decodeTimestamps() {
        Batch batch = compact;
        long[] decoded = new long[rows];
        if (batch == null) {
            timestampStream().decode(bytes, 0, rows, decoded, 0);
        } else if (batch.column(0) instanceof LongVector longs && !longs.mayHaveNulls()) {
            System.arraycopy(longs.values(), 0, decoded, 0, rows);
        } else {
            throw BodyCursor.damage(
                    "timestamps have another type: " + batch.column(0).type());
        }
        for (int row = 1; row < rows; row++) {
            if (decoded[row] <= decoded[row - 1]) {
                throw BodyCursor.damage("timestamps do not ascend: row " + row);
            }
        }
        if (rows > 0 && (decoded[0] != first || decoded[rows - 1] != last)) {
            throw BodyCursor.damage("timestamps differ from the header: " + decoded[0] + ", " + decoded[rows - 1]);
        }
        return decoded;
    }

    /** The first row whose timestamp is not below this one; {@link #rowCount} when there is none. */
    public int firstRowAtOrAfter(long timestamp) {
        if (rows == 0 || timestamp <= first) {
            return 0;
        }
        if (timestamp > last) {
            return rows;
        }
        int found = Arrays.binarySearch(timestamps(), timestamp);
        return found >= 0 ? found : -found - 1;
    }

    /** The values of a column in the rows {@code from..to - 1}; NULL and values bit by bit as they were written. */
    public ColumnVector decode(int column, DataType type, int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        Batch batch = compact;
        if (batch != null) {
            return compactColumn(batch, column, type).slice(from, to);
        }
        ByteReader header = header(column + 1);
        readAggregate(header, type);
        return new ColumnReader(bytes, header, body(column + 1), type, rows).decode(from, to);
    }

    private ColumnVector compactColumn(Batch batch, int column, DataType type) {
        ColumnVector vector = batch.column(column + 1);
        DataType stored = vector.type();
        boolean isSame = stored.layout() == type.layout()
                && (stored.element() == null
                        || type.elementType().layout() == stored.elementType().layout());
        if (!isSame) {
            throw BodyCursor.damage("column has another layout: " + stored + " instead of " + type);
        }
        counters.countBody();
        return vector.as(type);
    }

    private ColumnAggregate readAggregate(ByteReader header, DataType type) {
        int layout = header.readUnsignedByte();
        if (layout != BlockFormat.code(type.layout())) {
            throw header.failure("column has another layout: " + layout + " instead of " + type);
        }
        ColumnAggregate aggregate = ColumnAggregate.decode(header, type);
        if (aggregate.rows() != rows) {
            throw header.failure("aggregate has other rows than the block: " + aggregate.rows());
        }
        return aggregate;
    }

    /** The aggregate over all rows: from the header, except of small blocks and of columns with long strings. */
    public ColumnAggregate aggregate(int column, DataType type) {
        if (compact == null) {
            ColumnAggregate aggregate = readAggregate(header(column + 1), type);
            if (aggregate.isComplete()) {
                return aggregate;
            }
        }
        ColumnAggregate computed = ColumnAggregate.of(type);
        computed.add(decode(column, type, 0, rows), 0, rows);
        return computed;
    }

    /** Adds the rows {@code from..to - 1} of a column, which must be later than what {@code into} has. */
    public void addTo(ColumnAggregate into, int column, DataType type, int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        if (from == 0 && to == rows) {
            into.merge(aggregate(column, type));
        } else if (from < to) {
            into.add(decode(column, type, from, to), 0, to - from);
        }
    }

    /**
     * Adds count and sum of the rows {@code from..to - 1}, where possible without restoring the values. Minimum, maximum,
     * first and last of {@code into} mean nothing afterwards.
     */
    public void addSumTo(ColumnAggregate into, int column, DataType type, int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        boolean isPartial = from < to && to - from < rows;
        if (isPartial && compact == null) {
            ByteReader header = header(column + 1);
            readAggregate(header, type);
            ColumnReader reader = new ColumnReader(bytes, header, body(column + 1), type, rows);
            if (reader.trySum(from, to, into)) {
                into.addRows(to - from, to - from, false, false);
                return;
            }
        }
        addTo(into, column, type, from, to);
    }
}
