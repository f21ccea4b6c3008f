package io.trellisdb.common.codec;

import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Reads a range of a byte array that is not trusted: every read checks what remains, and every failure is a
 * {@link TrellisException} with the code given at construction. Confined to one thread.
 */
public final class ByteReader {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private final ErrorCode failure;
    private int position;

    /** Reads {@code length} bytes from {@code offset} on; {@code failure} is the code of every exception. */
    public ByteReader(byte[] bytes, int offset, int length, ErrorCode failure) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
        this.failure = failure;
    }

    /** For stored bytes: failures are {@link ErrorCode#DATA_CORRUPTED}. */
    public static ByteReader ofStored(byte[] bytes) {
        return new ByteReader(bytes, 0, bytes.length, ErrorCode.DATA_CORRUPTED);
    }

    /** For stored bytes: failures are {@link ErrorCode#DATA_CORRUPTED}. */
    public static ByteReader ofStored(byte[] bytes, int offset, int length) {
        return new ByteReader(bytes, offset, length, ErrorCode.DATA_CORRUPTED);
    }

    /** For bytes from a connection: failures are {@link ErrorCode#PROTOCOL_VIOLATION}. */
    public static ByteReader ofWire(byte[] bytes) {
        return new ByteReader(bytes, 0, bytes.length, ErrorCode.PROTOCOL_VIOLATION);
    }

    /** For bytes from a connection: failures are {@link ErrorCode#PROTOCOL_VIOLATION}. */
    public static ByteReader ofWire(byte[] bytes, int offset, int length) {
        return new ByteReader(bytes, offset, length, ErrorCode.PROTOCOL_VIOLATION);
    }

    /** The exception to throw for bytes that decode but make no sense: static sentence first, then values. */
    public TrellisException failure(String message) {
        return new TrellisException(failure, message);
    }

    /** Index in the array of the next byte. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public boolean hasRemaining() {
        return position < end;
    }

    /** The array behind this reader; {@link #position} is an index into it. */
    public byte[] array() {
        return bytes;
    }

    /** Fails unless {@code count} bytes remain; moves past them and returns the index of the first. */
    public int skip(long count) {
        if (count < 0 || count > end - position) {
            throw failure("data ends too early: " + count + " bytes expected, " + remaining() + " left");
        }
        int start = position;
        position += (int) count;
        return start;
    }

    /** Fails if bytes remain. */
    public void expectEnd() {
        if (position != end) {
            throw failure("data goes on after its end: " + remaining() + " bytes");
        }
    }

    public byte readByte() {
        return bytes[skip(1)];
    }

    public int readUnsignedByte() {
        return readByte() & 0xFF;
    }

    /** 0 or 1; anything else fails. */
    public boolean readBoolean() {
        int value = readUnsignedByte();
        if (value > 1) {
            throw failure("not a boolean: " + value);
        }
        return value == 1;
    }

    public short readShort() {
        return (short) SHORTS.get(bytes, skip(Short.BYTES));
    }

    public int readUnsignedShort() {
        return readShort() & 0xFFFF;
    }

    public int readInt() {
        return (int) INTS.get(bytes, skip(Integer.BYTES));
    }

    public long readLong() {
        return (long) LONGS.get(bytes, skip(Long.BYTES));
    }

    /** Raw bits, big-endian. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** As {@link ByteWriter#writeVarInt} wrote it; a number of more than 32 bits fails. */
    public int readVarInt() {
        long value = readVarLong();
        if (value >>> 32 != 0) {
            throw failure("number is too large: " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** As {@link ByteWriter#writeVarLong} wrote it; more than 64 bits fail. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw failure("number has more than 64 bits");
    }

    public int readZigZagInt() {
        int value = readVarInt();
        return value >>> 1 ^ -(value & 1);
    }

    public long readZigZagLong() {
        long value = readVarLong();
        return value >>> 1 ^ -(value & 1);
    }

    /**
     * A varint that counts elements of at least {@code minElementSize} bytes each. Fails when that many cannot remain, so
     * that memory may be taken for the count.
     */
    public int readCount(int minElementSize) {
        long count = readVarLong();
        if (count < 0 || count > remaining() / Math.max(minElementSize, 1)) {
            throw failure("count is larger than the data: " + Long.toUnsignedString(count) + " elements of at least "
                    + minElementSize + " bytes, " + remaining() + " bytes left");
        }
        return (int) count;
    }

    /** A copy of the next {@code length} bytes. */
    public byte[] readBytes(int length) {
        int start = skip(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** As {@link ByteWriter#writeByteArray} wrote it. */
    public byte[] readByteArray() {
        return readBytes(readCount(1));
    }

    /** As {@link ByteWriter#writeString} wrote it; malformed UTF-8 fails. */
    public String readString() {
        int length = readCount(1);
        int start = skip(length);
        if (!Utf8.isValid(bytes, start, start + length)) {
            throw failure("string is not UTF-8: " + length + " bytes");
        }
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** A reader of the next {@code length} bytes; this one moves past them. */
    public ByteReader slice(int length) {
        int start = skip(length);
        return new ByteReader(bytes, start, length, failure);
    }

    /** The next {@code length} bytes without a copy; this reader moves past them. */
    public ByteBuffer readBuffer(int length) {
        int start = skip(length);
        return ByteBuffer.wrap(bytes, start, length).slice().asReadOnlyBuffer();
    }
}
