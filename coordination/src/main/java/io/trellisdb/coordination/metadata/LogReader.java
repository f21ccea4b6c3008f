package io.trellisdb.coordination.metadata;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.VfsFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads a whole metadata log into a tree, and decides whether a bad frame is its tail or damage. Confined to one thread. */
final class LogReader {
    private final VfsFile file;
    private final byte[] bytes;
    private final MetadataTree tree;

    private LogReader(VfsFile file, byte[] bytes, MetadataTree tree) {
        this.file = file;
        this.bytes = bytes;
        this.tree = tree;
    }

    /** Where the log's image and its last good frame end. */
    record Extent(long imageEnd, long end) {}

    static Extent read(VfsFile file, MetadataTree tree) {
        long size = file.size();
        if (size > Integer.MAX_VALUE - 8) {
            throw new TrellisException(ErrorCode.DATA_CORRUPTED, "metadata log is too long: " + size + " bytes");
        }
        byte[] bytes = new byte[(int) size];
        if (file.read(ByteBuffer.wrap(bytes), 0) != bytes.length) {
            throw new TrellisException(ErrorCode.IO_ERROR, "metadata log has become shorter: " + file.name());
        }
        return new LogReader(file, bytes, tree).read();
    }

    private Extent read() {
        if (bytes.length < LogFormat.HEADER_LENGTH
                || !LogFormat.isHeader(Arrays.copyOf(bytes, LogFormat.HEADER_LENGTH))) {
            throw damage(0, "header is not a metadata log's");
        }
        int position = LogFormat.HEADER_LENGTH;
        int length = LogFormat.validLength(bytes, position, position);
        if (length < 0 || LogFormat.kind(bytes, position) != LogFormat.IMAGE) {
            throw damage(position, "image is damaged");
        }
        tree.replace(LogFormat.decodeImage(bytes, position + LogFormat.FRAME_HEADER_LENGTH, length));
        position += LogFormat.FRAME_HEADER_LENGTH + length;
        int imageEnd = position;
        while (position < bytes.length) {
            length = LogFormat.validLength(bytes, position, position);
            if (length < 0) {
                cutTail(position);
                break;
            }
            apply(position, length);
            position += LogFormat.FRAME_HEADER_LENGTH + length;
        }
        return new Extent(imageEnd, position);
    }

    private void apply(int position, int length) {
        int kind = LogFormat.kind(bytes, position);
        if (kind == LogFormat.CLOSED) {
            return;
        }
        if (kind != LogFormat.COMMIT) {
            throw damage(position, "frame has an unknown kind " + kind);
        }
        LogEntry entry = LogFormat.decodeEntry(bytes, position + LogFormat.FRAME_HEADER_LENGTH, length);
        if (entry.revision() != tree.revision() + 1) {
            throw damage(position, "revision " + entry.revision() + " follows " + tree.revision());
        }
        tree.apply(entry);
    }

    private void cutTail(int position) {
        for (int later = position + 1; later < bytes.length; later++) {
            if (LogFormat.validLength(bytes, later, later) >= 0) {
                throw damage(position, "frame is damaged, a good one follows at " + later);
            }
        }
        file.truncate(position);
        file.force();
    }

    private TrellisException damage(long position, String what) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED,
                "metadata log is damaged, restore it from a backup: file " + file.name() + ", position " + position
                        + ", " + what);
    }
}
