package io.trellisdb.common.codec;

import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array, written at its end. Fixed numbers are big-endian; varints have seven bits per byte, lowest first.
 * Growing beyond what an array holds is {@link ErrorCode#LIMIT_EXCEEDED}. Confined to one thread.
 */
public final class ByteWriter {
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;
    private static final int DEFAULT_CAPACITY = 256;
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int position;

    public ByteWriter() {
        this(DEFAULT_CAPACITY);
    }

    public ByteWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Bytes written so far; where the next byte goes. */
    public int position() {
        return position;
    }

    /** Forgets everything from {@code newPosition} on; the memory is kept. */
    public void truncate(int newPosition) {
        if (newPosition < 0 || newPosition > position) {
            throw new IllegalArgumentException("position is beyond the end: " + newPosition);
        }
        position = newPosition;
    }

    public void reset() {
        position = 0;
    }

    /** Appends {@code count} bytes of undefined content and returns where they start: for bulk writes into {@link #array}. */
    public int skip(int count) {
        int start = position;
        if (bytes.length - start < count) {
            grow((long) start + count);
        }
        position = start + count;
        return start;
    }

    private void grow(long needed) {
        if (needed > MAX_LENGTH) {
            throw new TrellisException(ErrorCode.LIMIT_EXCEEDED, "encoded data is too large: " + needed + " bytes");
        }
        long length = Math.max(needed, Math.max(bytes.length * 2L, 16));
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, MAX_LENGTH));
    }

    public void writeByte(int value) {
        if (position == bytes.length) {
            grow(position + 1L);
        }
        bytes[position++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeShort(int value) {
        int start = skip(Short.BYTES);
        SHORTS.set(bytes, start, (short) value);
    }

    public void writeInt(int value) {
        int start = skip(Integer.BYTES);
        INTS.set(bytes, start, value);
    }

    public void writeLong(long value) {
        int start = skip(Long.BYTES);
        LONGS.set(bytes, start, value);
    }

    /** The raw bits, big-endian. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** 1–5 bytes; a negative number counts as unsigned. */
    public void writeVarInt(int value) {
        writeVarLong(value & 0xFFFF_FFFFL);
    }

    /** 1–10 bytes; a negative number counts as unsigned. */
    public void writeVarLong(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /** A varint that is short for small numbers of both signs. */
    public void writeZigZagInt(int value) {
        writeVarInt(value << 1 ^ value >> 31);
    }

    /** A varint that is short for small numbers of both signs. */
    public void writeZigZagLong(long value) {
        writeVarLong(value << 1 ^ value >> 63);
    }

    /** The bytes alone, without a length. */
    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    /** The bytes alone, without a length. */
    public void writeBytes(byte[] source, int from, int length) {
        int start = skip(length);
        System.arraycopy(source, from, bytes, start, length);
    }

    /** The remaining bytes of a buffer, without a length; the buffer is read to its limit. */
    public void writeBytes(ByteBuffer source) {
        int length = source.remaining();
        int start = skip(length);
        source.get(bytes, start, length);
    }

    /** Length as a varint, then the bytes. */
    public void writeByteArray(byte[] source) {
        writeVarInt(source.length);
        writeBytes(source);
    }

    /** Length in bytes as a varint, then UTF-8; half a surrogate pair is {@link ErrorCode#INVALID_UTF8}. */
    public void writeString(String value) {
        writeByteArray(Utf8.encode(value));
    }

    /** Overwrites four bytes that were written before, such as a length that is known only now. */
    public void patchInt(int at, int value) {
        if (at < 0 || at > position - Integer.BYTES) {
            throw new IllegalArgumentException("position is beyond the end: " + at);
        }
        INTS.set(bytes, at, value);
    }

    /** The array behind this writer, valid until it grows; only the first {@link #position} bytes mean something. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, position);
    }

    /** What was written, without a copy: valid until the next write or reset. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, position);
    }
}
