package io.trellisdb.common.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import java.util.List;

/**
 * Batches as bytes, column by column: the one form for wire, journal and images.
 *
 * <pre>
 * batch    := rows varint · columns varint · [types, see DataTypeCodec] · column…
 * column   := flags (0, 1 = null bitmap follows, 2 = all rows are NULL and nothing follows)
 *             · [bitmap: bit row &amp; 7 of byte row / 8] · values; with 0 rows only the flags
 * values   := INT: ints · LONG: longs · DOUBLE: doubles · INT128: longs (high halves) longs (low halves)
 *           | BYTES: ints (lengths) · 0 · bytes of all rows, or 1 · bytes of one row that all rows equal
 *           | ARRAY: ints (lengths) · column of all elements
 * ints     := 0 · 4 bytes each | 1 · zigzag | 0x10 + w · base zigzag · w bytes each, above the base, w = 1, 2
 *           | 0x20 + w · first zigzag · base zigzag · w bytes for each further one, its step above the base, w = 0, 1, 2
 * longs    := the same with 8 bytes and w up to 4
 * doubles  := 0 · 8 bytes each | 1 · 8 bytes | 2 · 4 bytes each, where floats hold all of them
 * </pre>
 *
 * Values are little-endian. A row that is NULL has no value in BYTES and ARRAY columns, and some value in the others, which
 * is ignored. The batch is followed by nothing: frames around it carry lengths and checksums.
 *
 * <p>Compact forms may expand when they are decoded. All columns of a batch together expand by at most
 * {@value #MAX_EXPANSION} bytes beyond their encoded size: the encoder falls back to plain forms there, the decoder refuses.
 */
public final class BatchCodec {
    /** What the compact forms of one batch may add to its size in memory; admits 1,024 columns of 4,096 equal rows. */
    public static final int MAX_EXPANSION = 64 * 1024 * 1024;

    /** The most columns of a batch that carries its types: the limit of statement parameters. */
    public static final int MAX_COLUMNS = 65_535;

    /** Who wrote the bytes, which decides how much is checked. Structure and value ranges always are. */
    public enum Origin {
        /** Trellis wrote them and a checksum covers them. */
        TRELLIS,
        /** A client wrote them: UTF-8 and declared lengths are checked too. */
        CLIENT
    }

    private BatchCodec() {}

    /** Appends the batch without its types, for readers that know them. */
    public static void encode(ByteWriter out, Batch batch) {
        out.writeVarInt(batch.rowCount());
        out.writeVarInt(batch.columnCount());
        encodeColumns(out, batch);
    }

    /** Appends the batch with its types. */
    public static void encodeWithTypes(ByteWriter out, Batch batch) {
        out.writeVarInt(batch.rowCount());
        DataTypeCodec.encodeAll(out, batch.types());
        encodeColumns(out, batch);
    }

    private static void encodeColumns(ByteWriter out, Batch batch) {
        ColumnEncoder encoder = new ColumnEncoder(out);
        for (int i = 0; i < batch.columnCount(); i++) {
            encoder.encode(batch.column(i));
        }
    }

    /** Reads what {@link #encode} wrote for columns of these types; damage fails with the reader's code. */
    public static Batch decode(ByteReader in, List<DataType> types) {
        return decode(in, types, Origin.TRELLIS);
    }

    /**
     * Reads what {@link #encode} wrote for columns of these types; damage fails with the reader's code. A client's strings
     * may also fail with {@link ErrorCode#INVALID_UTF8} or {@link ErrorCode#STRING_TOO_LONG}.
     */
    public static Batch decode(ByteReader in, List<DataType> types, Origin origin) {
        int rows = readRows(in);
        int columns = in.readVarInt();
        if (columns != types.size()) {
            throw in.failure("batch has another number of columns: " + columns + " instead of " + types.size());
        }
        return decodeColumns(in, types, rows, origin);
    }

    /** Reads what {@link #encodeWithTypes} wrote; fails as {@link #decode(ByteReader, List, Origin)}. */
    public static Batch decodeWithTypes(ByteReader in, Origin origin) {
        int rows = readRows(in);
        return decodeColumns(in, DataTypeCodec.decodeAll(in, MAX_COLUMNS), rows, origin);
    }

    private static int readRows(ByteReader in) {
        int rows = in.readVarInt();
        if (rows < 0 || rows > Batch.MAX_ROWS) {
            throw in.failure("batch has too many rows: " + Integer.toUnsignedString(rows));
        }
        return rows;
    }

    private static Batch decodeColumns(ByteReader in, List<DataType> types, int rows, Origin origin) {
        ColumnDecoder decoder = new ColumnDecoder(in, origin);
        ColumnVector[] columns = new ColumnVector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = decoder.decode(types.get(i), rows);
        }
        return new Batch(rows, columns);
    }
}
