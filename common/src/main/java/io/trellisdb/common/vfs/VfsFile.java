package io.trellisdb.common.vfs;

import java.nio.ByteBuffer;

/** An open file. Reads and writes give their position; nothing is buffered here. */
public interface VfsFile extends AutoCloseable {
    String name();

    /** Bytes in the file. */
    long size();

    /**
     * Reads from {@code position} until the buffer is full or the file ends; returns how many bytes, 0 at or behind the end.
     */
    int read(ByteBuffer target, long position);

    /**
     * Writes all remaining bytes of the buffer at {@code position}; a gap behind the end reads as zeros. When it fails, any
     * part may have been written.
     */
    void write(ByteBuffer source, long position);

    /** Cuts the file to {@code size} bytes; a file that is not longer stays as it is. */
    void truncate(long size);

    /** Makes the bytes written so far durable. When it fails, the file must be given up. */
    void force();

    /** Closing twice does nothing; closing does not make anything durable. */
    @Override
    void close();
}
