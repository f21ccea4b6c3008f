package io.trellisdb.storage.block;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes strings and binary, as codes of a dictionary where few values repeat. Confined to one thread.
 *
 * <pre>
 * bytes   := 0 PLAIN · stream (lengths) · section                                   body: lengths, bytes
 *          | 1 DICTIONARY · entries varint · stream (entry lengths) · section · stream (codes)
 * section := length varint · stored length varint        stored with zstd when the two differ; padded to 8
 * </pre>
 */
final class BytesColumnWriter {
    static final int PLAIN = 0;
    static final int DICTIONARY = 1;

    private static final int MAX_ENTRIES = 1024;

    /** Each entry must stand for so many rows on average. */
    private static final int MIN_ROWS_PER_ENTRY = 3;

    private final LongStreamWriter streams;
    private long[] codes = new long[BlockFormat.MAX_ROWS];
    private final int[] slots = new int[4 * MAX_ENTRIES];
    private final int[] entryRows = new int[MAX_ENTRIES];
    private int entries;

    BytesColumnWriter(LongStreamWriter streams) {
        this.streams = streams;
    }

    void write(ByteWriter header, ByteWriter body, BytesVector vector, long @Nullable [] nulls) {
        int count = vector.size();
        if (codes.length < count) {
            codes = new long[count];
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += NullBits.isNull(nulls, i) ? 0 : vector.length(i);
        }
        if (total > BlockFormat.MAX_COLUMN_BYTES) {
            throw new TrellisException(ErrorCode.LIMIT_EXCEEDED, "column of a block is too large: " + total + " bytes");
        }
        if (total > 0 && findEntries(vector, nulls, count)) {
            writeDictionary(header, body, vector, count);
        } else {
            writePlain(header, body, vector, nulls, count, (int) total);
        }
    }

    /** Fills codes and entries; false when there are too many entries. */
    private boolean findEntries(BytesVector vector, long @Nullable [] nulls, int count) {
        Arrays.fill(slots, -1);
        entries = 0;
        int limit = Math.min(MAX_ENTRIES, count / MIN_ROWS_PER_ENTRY + 1);
        long before = 0;
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(nulls, i)) {
                boolean isSame = entries > 0 && areEqual(vector, entryRows[(int) before], i);
                before = isSame ? before : entryOf(vector, i, limit);
                if (before < 0) {
                    return false;
                }
            }
            codes[i] = before;
        }
        return entries > 0;
    }

    private int entryOf(BytesVector vector, int row, int limit) {
        int slot = hash(vector, row) & slots.length - 1;
        while (slots[slot] >= 0) {
            if (areEqual(vector, entryRows[slots[slot]], row)) {
                return slots[slot];
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (entries == limit) {
            return -1;
        }
        slots[slot] = entries;
        entryRows[entries] = row;
        return entries++;
    }

    private static int hash(BytesVector vector, int row) {
        byte[] bytes = vector.bytes();
        int hash = vector.length(row);
        for (int i = vector.offset(row); i < vector.offset(row + 1); i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 15;
    }

    private static boolean areEqual(BytesVector vector, int left, int right) {
        return Arrays.equals(
                vector.bytes(),
                vector.offset(left),
                vector.offset(left + 1),
                vector.bytes(),
                vector.offset(right),
                vector.offset(right + 1));
    }

    private void writeDictionary(ByteWriter header, ByteWriter body, BytesVector vector, int count) {
        long[] lengths = new long[entries];
        ByteWriter bytes = new ByteWriter();
        for (int entry = 0; entry < entries; entry++) {
            lengths[entry] = vector.length(entryRows[entry]);
            bytes.writeBytes(vector.bytes(), vector.offset(entryRows[entry]), vector.length(entryRows[entry]));
        }
        header.writeByte(DICTIONARY);
        header.writeVarInt(entries);
        streams.write(header, body, lengths, entries);
        writeSection(header, body, bytes.array(), 0, bytes.position());
        streams.write(header, body, codes, count);
    }

    /** The length of a NULL is that of the row before it. */
    private void writePlain(
            ByteWriter header, ByteWriter body, BytesVector vector, long @Nullable [] nulls, int count, int total) {
        long before = 0;
        for (int i = 0; i < count; i++) {
            before = NullBits.isNull(nulls, i) ? before : vector.length(i);
            codes[i] = before;
        }
        header.writeByte(PLAIN);
        streams.write(header, body, codes, count);
        if (count == 0 || vector.offset(count) - vector.offset(0) == total) {
            writeSection(header, body, vector.bytes(), count == 0 ? 0 : vector.offset(0), total);
            return;
        }
        ByteWriter bytes = new ByteWriter(total);
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(nulls, i)) {
                bytes.writeBytes(vector.bytes(), vector.offset(i), vector.length(i));
            }
        }
        writeSection(header, body, bytes.array(), 0, total);
    }

    private static void writeSection(ByteWriter header, ByteWriter body, byte[] bytes, int from, int length) {
        byte[] compressed = Compression.compress(bytes, from, length);
        boolean isCompressed = compressed.length > 0;
        header.writeVarInt(length);
        header.writeVarInt(isCompressed ? compressed.length : length);
        if (isCompressed) {
            LongStreamWriter.append(body, compressed, 0, compressed.length);
        } else {
            LongStreamWriter.append(body, bytes, from, length);
        }
    }
}
