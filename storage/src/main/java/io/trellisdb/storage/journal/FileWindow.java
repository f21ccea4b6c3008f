package io.trellisdb.storage.journal;

import io.trellisdb.common.vfs.VfsFile;
import java.nio.ByteBuffer;

/** A piece of a file in memory that moves forward. Confined to one thread. */
final class FileWindow {
    private static final int BUFFER_BYTES = 2 * FrameFormat.FRAME_MAX;

    private final VfsFile file;
    private final long size;
    private final byte[] bytes;
    private long start;
    private int length;

    /** @param size what of the file is looked at */
    FileWindow(VfsFile file, long size) {
        this.file = file;
        this.size = size;
        this.bytes = new byte[(int) Math.min(size, BUFFER_BYTES)];
    }

    long size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Makes {@code count} bytes from {@code offset} of the file available and returns their index, or -1 if it ends before. */
    int index(long offset, int count) {
        if (offset + count > size || count > bytes.length) {
            return -1;
        }
        if (offset < start || offset + count > start + length) {
            start = offset;
            length = file.read(ByteBuffer.wrap(bytes), offset);
            if (count > length) {
                return -1;
            }
        }
        return (int) (offset - start);
    }
}
