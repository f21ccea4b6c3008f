package io.trellisdb.common.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of 1–{@value #MAX_PARTS} columns whose unsigned byte order is the columns' order, so that a store needs no
 * comparator and a prefix of columns is a prefix of bytes.
 *
 * <pre>
 * key  := part…, the bytes of a descending part inverted
 * part := 02                                NULL: last ascending, first descending
 *       | 01 · value
 * value  BOOLEAN                            1 byte, 0 or 1
 *        TINYINT, SMALLINT, INTEGER, BIGINT 8 bytes, sign flipped: the same for all, so that equal numbers meet
 *        DATE                               4 bytes, sign flipped
 *        TIME, timestamps, intervals,
 *        DECIMAL to 18 digits               8 bytes, sign flipped (unscaled, or in the type's unit)
 *        DECIMAL from 19 digits             16 bytes, sign flipped
 *        REAL, DOUBLE                       8 bytes: raw bits, sign flipped when positive, all flipped when negative
 *        UUID                               16 bytes
 *        strings, binary                    the bytes with 00 as 00 FF, then 00 01; CHAR without trailing blanks
 * </pre>
 *
 * −0.0 is encoded as 0.0 and every NaN as one, because they are equal: those come back from a key as 0.0 and the canonical
 * NaN, and rows that need them as written hold them in their body. Immutable; safe from any thread.
 */
public final class KeyCodec {
    public static final int MAX_PARTS = 16;

    private static final int PRESENT = 1;
    private static final int NULL = 2;
    private static final int ESCAPED_ZERO = 0xFF;
    private static final int TERMINATOR = 1;

    private final KeyPart[] parts;
    private final KeyDecoder decoder;

    /** One column of a key. */
    public record KeyPart(DataType type, boolean descending) {
        /** Refuses types that have no order as a key: ARRAY and NULL. */
        public KeyPart {
            if (type.kind() == TypeKind.ARRAY || type.kind() == TypeKind.NULL) {
                throw new TrellisException(ErrorCode.INVALID_DEFINITION, "type cannot be part of a key: " + type);
            }
        }

        public static KeyPart ascending(DataType type) {
            return new KeyPart(type, false);
        }
    }

    public KeyCodec(List<KeyPart> parts) {
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new TrellisException(
                    ErrorCode.INVALID_DEFINITION,
                    "key has too few or too many columns: " + parts.size() + ", allowed 1 to " + MAX_PARTS);
        }
        this.parts = parts.toArray(new KeyPart[0]);
        this.decoder = new KeyDecoder(this.parts);
    }

    /** A codec of ascending columns. */
    public static KeyCodec ascending(List<DataType> types) {
        return new KeyCodec(types.stream().map(KeyPart::ascending).toList());
    }

    public List<KeyPart> parts() {
        return List.of(parts);
    }

    /** The key of a row; {@code columns} names the batch's column of each part, or of the first parts for a prefix. */
    public byte[] encode(Batch batch, int[] columns, int row) {
        ByteWriter out = new ByteWriter(32);
        encode(out, batch, columns, row);
        return out.toByteArray();
    }

    /** Appends the key of a row; see {@link #encode(Batch, int[], int)}. */
    public void encode(ByteWriter out, Batch batch, int[] columns, int row) {
        for (int i = 0; i < columns.length; i++) {
            encodePart(out, i, batch.column(columns[i]), row);
        }
    }

    /** Appends the key of a row whose parts, or first parts, are these vectors. */
    public void encode(ByteWriter out, ColumnVector[] vectors, int row) {
        for (int i = 0; i < vectors.length; i++) {
            encodePart(out, i, vectors[i], row);
        }
    }

    /** Appends one part: {@code part} is its number, the vector has the layout of its type. */
    public void encodePart(ByteWriter out, int part, ColumnVector vector, int row) {
        int start = out.position();
        DataType type = parts[part].type();
        if (vector.isNull(row)) {
            out.writeByte(NULL);
        } else {
            out.writeByte(PRESENT);
            switch (type.layout()) {
                case INT -> encodeInt(out, type, ((IntVector) vector).get(row));
                case LONG -> out.writeLong(((LongVector) vector).get(row) ^ Long.MIN_VALUE);
                case DOUBLE -> out.writeLong(orderedBits(((DoubleVector) vector).get(row)));
                case INT128 -> encodeWide(out, type, (Int128Vector) vector, row);
                case BYTES -> encodeBytes(out, type, (BytesVector) vector, row);
                case ARRAY -> throw new IllegalStateException("arrays are refused by the constructor");
            }
        }
        if (parts[part].descending()) {
            byte[] bytes = out.array();
            for (int i = start; i < out.position(); i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
    }

    private static void encodeInt(ByteWriter out, DataType type, int value) {
        switch (type.kind()) {
            case BOOLEAN -> out.writeByte(value);
            case DATE -> out.writeInt(value ^ Integer.MIN_VALUE);
            default -> out.writeLong(value ^ Long.MIN_VALUE);
        }
    }

    /** Adding 0.0 turns −0.0 into 0.0; {@code doubleToLongBits} makes one NaN of all, greater than infinity. */
    private static long orderedBits(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    private static void encodeWide(ByteWriter out, DataType type, Int128Vector vector, int row) {
        long high = vector.high(row);
        out.writeLong(type.kind() == TypeKind.UUID ? high : high ^ Long.MIN_VALUE);
        out.writeLong(vector.low(row));
    }

    private static void encodeBytes(ByteWriter out, DataType type, BytesVector vector, int row) {
        byte[] bytes = vector.bytes();
        int from = vector.offset(row);
        int to = from + vector.length(row);
        if (type.kind() == TypeKind.CHAR) {
            while (to > from && bytes[to - 1] == ' ') {
                to--;
            }
        }
        int copied = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                out.writeBytes(bytes, copied, i + 1 - copied);
                out.writeByte(ESCAPED_ZERO);
                copied = i + 1;
            }
        }
        out.writeBytes(bytes, copied, to - copied);
        out.writeByte(0);
        out.writeByte(TERMINATOR);
    }

    /** The key, or with fewer values than parts the prefix, of boxed values, checked as a vector builder checks them. */
    public byte[] encodeValues(List<? extends @Nullable Object> values) {
        if (values.size() > parts.length) {
            throw new IllegalArgumentException("more values than key columns: " + values.size());
        }
        ByteWriter out = new ByteWriter(32);
        for (int i = 0; i < values.size(); i++) {
            encodePart(out, i, Vectors.constant(parts[i].type(), values.get(i), 1), 0);
        }
        return out.toByteArray();
    }

    /**
     * Appends the values of the key at {@code offset} to one builder per part and returns where the key ends. A builder that
     * is null skips its part; fewer builders than parts leave the last parts unread. Damage is
     * {@link ErrorCode#DATA_CORRUPTED}; the builders may then hold different numbers of rows.
     */
    public int decode(byte[] key, int offset, @Nullable VectorBuilder[] builders) {
        return decoder.decode(key, offset, builders);
    }

    /** Where the first {@code count} parts of the key at {@code offset} end, such as a series key inside a row key. */
    public int skip(byte[] key, int offset, int count) {
        return decoder.skip(key, offset, count);
    }

    /** The smallest key greater than every key that begins with {@code prefix}; null when there is none. */
    public static byte @Nullable [] successor(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return null;
    }
}
