package io.trellisdb.coordination.metadata;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.common.vfs.VfsLock;
import io.trellisdb.coordination.MetadataRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The metadata log of one node; see the package documentation. Confined to one thread at a time. */
public final class MetadataLog implements CommitLog {
    static final String FILE = "metadata.log";
    private static final String NEW_FILE = "metadata.log.new";
    private static final String FORMAT_FILE = "FORMAT";
    private static final String NEW_FORMAT_FILE = "FORMAT.new";
    private static final String FORMAT = "trellis metadata " + LogFormat.VERSION + "\n";
    private static final String LOCK_FILE = "LOCK";
    private static final byte[] NO_BYTES = {};
    /** Commits behind an image before a new one is written, if the image itself is smaller than half of that. */
    private static final long COMPACTION_BYTES_MIN = 1 << 20;

    private final Vfs vfs;
    private final VfsLock lock;
    private VfsFile file;
    private long end;
    private long imageEnd;
    private long compactionBytes;
    private boolean failed;
    private boolean closed;

    private MetadataLog(Vfs vfs, VfsLock lock, VfsFile file, LogReader.Extent extent) {
        this.vfs = vfs;
        this.lock = lock;
        this.file = file;
        this.end = extent.end();
        this.imageEnd = extent.imageEnd();
        this.compactionBytes = threshold();
    }

    /**
     * Opens the log of a directory, making it where there is none, and applies what it holds.
     *
     * @throws TrellisException INVALID_CONFIGURATION when another process has it or it is of another format; DATA_CORRUPTED
     *     naming file and position
     */
    public static MetadataLog open(Vfs vfs, MetadataTree tree) {
        VfsLock lock = vfs.tryLock(LOCK_FILE)
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.INVALID_CONFIGURATION, "metadata directory is in use by another process"));
        try {
            return open(vfs, lock, tree);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static MetadataLog open(Vfs vfs, VfsLock lock, MetadataTree tree) {
        boolean hasFormat = vfs.exists(FORMAT_FILE);
        if (hasFormat) {
            checkFormat(vfs);
        }
        vfs.delete(NEW_FILE);
        vfs.delete(NEW_FORMAT_FILE);
        if (!vfs.exists(FILE)) {
            if (hasFormat) {
                throw new TrellisException(ErrorCode.DATA_CORRUPTED, "metadata log is missing: " + FILE);
            }
            writeWhole(vfs, NEW_FILE, FILE, imageFile(new LogFormat.Image(0, 0, List.of())));
        }
        if (!hasFormat) {
            // After the log, so that a log that is missing beside it has been lost.
            writeWhole(vfs, NEW_FORMAT_FILE, FORMAT_FILE, FORMAT.getBytes(StandardCharsets.US_ASCII));
        }
        VfsFile file = vfs.open(FILE);
        try {
            return new MetadataLog(vfs, lock, file, LogReader.read(file, tree));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void append(LogEntry entry) {
        write(LogFormat.COMMIT, LogFormat.encode(entry));
    }

    @Override
    public void compactIfLong(long revision, long epoch, Supplier<List<MetadataRecord>> records) {
        if (failed || end - imageEnd < compactionBytes) {
            return;
        }
        byte[] bytes = imageFile(new LogFormat.Image(revision, epoch, records.get()));
        try {
            writeForced(vfs, NEW_FILE, bytes);
        } catch (TrellisException e) {
            // Without room for an image the log goes on as it is and tries again later.
            compactionBytes *= 2;
            vfs.delete(NEW_FILE);
            return;
        }
        failed = true;
        vfs.rename(NEW_FILE, FILE);
        vfs.forceDirectory("");
        file.close();
        file = vfs.open(FILE);
        end = bytes.length;
        imageEnd = end;
        compactionBytes = threshold();
        failed = false;
    }

    @Override
    public boolean isFailed() {
        return failed;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!failed) {
                write(LogFormat.CLOSED, NO_BYTES);
            }
        } catch (TrellisException e) {
            // The frame only helps the next opening to tell damage from a torn tail: commits are safe without it.
            failed = true;
        } finally {
            file.close();
            lock.close();
        }
    }

    private void write(int kind, byte[] payload) {
        if (failed) {
            throw new TrellisException(ErrorCode.IO_ERROR, "metadata log has failed before: " + FILE);
        }
        byte[] frame = LogFormat.frame(end, kind, payload);
        // Until the end of this method nobody knows what the file holds.
        failed = true;
        try {
            file.write(ByteBuffer.wrap(frame), end);
        } catch (TrellisException e) {
            takeBack();
            throw e;
        }
        file.force();
        end += frame.length;
        failed = false;
    }

    /** Part of a frame may have been written, as on a full disk: the log can go on if that is certainly gone. */
    private void takeBack() {
        file.truncate(end);
        file.force();
        failed = false;
    }

    private long threshold() {
        return Math.max(COMPACTION_BYTES_MIN, 2 * imageEnd);
    }

    private static byte[] imageFile(LogFormat.Image image) {
        byte[] header = LogFormat.header();
        byte[] frame = LogFormat.frame(header.length, LogFormat.IMAGE, LogFormat.encode(image));
        byte[] all = new byte[header.length + frame.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(frame, 0, all, header.length, frame.length);
        return all;
    }

    private static void writeWhole(Vfs vfs, String temporary, String name, byte[] bytes) {
        writeForced(vfs, temporary, bytes);
        vfs.rename(temporary, name);
        vfs.forceDirectory("");
    }

    private static void writeForced(Vfs vfs, String name, byte[] bytes) {
        try (VfsFile target = vfs.create(name)) {
            target.write(ByteBuffer.wrap(bytes), 0);
            target.force();
        }
    }

    private static void checkFormat(Vfs vfs) {
        try (VfsFile format = vfs.openReadOnly(FORMAT_FILE)) {
            ByteBuffer found = ByteBuffer.allocate(FORMAT.length() + 1);
            int length = format.read(found, 0);
            String text = new String(found.array(), 0, length, StandardCharsets.US_ASCII);
            if (!text.equals(FORMAT)) {
                throw new TrellisException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "metadata directory has another format: " + text.strip() + ", expected " + FORMAT.strip());
            }
        }
    }
}
