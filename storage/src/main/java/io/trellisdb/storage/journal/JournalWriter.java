package io.trellisdb.storage.journal;

import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.Journal;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes frames to the last segment and begins new ones. Confined to one thread, the flush thread once it runs. */
final class JournalWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1024 * 1024;

    private final Vfs vfs;
    private final JournalSettings settings;
    private final long journalId;
    private final LongSupplier salts;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private @Nullable VfsFile file;
    private Segment segment;
    private long salt;
    /** Everything below is known fsynced. */
    private long synced;

    JournalWriter(Vfs vfs, JournalSettings settings, long journalId, LongSupplier salts, long position) {
        this.vfs = vfs;
        this.settings = settings;
        this.journalId = journalId;
        this.salts = salts;
        this.synced = position;
        this.segment = new Segment(position, settings.partitionCount());
    }

    Segment segment() {
        return segment;
    }

    long position() {
        return segment.end();
    }

    long synced() {
        return synced;
    }

    /** Begins a segment where the last one ends, which must be forced. */
    Segment begin(long base) {
        VfsFile last = file;
        file = null;
        if (last != null) {
            last.close();
        }
        salt = salts.getAsLong();
        segment = new Segment(base, settings.partitionCount());
        VfsFile created = vfs.create(settings.directory() + "/" + segment.name());
        file = created;
        byte[] head = new SegmentFormat(
                        settings.partitionCount(), journalId, base, salt, settings.level() == Journal.Level.BUFFERED)
                .encode();
        created.write(ByteBuffer.wrap(head), 0);
        created.force();
        vfs.forceDirectory(settings.directory());
        synced = segment.end();
        return segment;
    }

    /** Whether so many more bytes belong into another segment. */
    boolean isFullFor(int length) {
        return !segment.isEmpty() && segment.end() - segment.base() + length > settings.segmentBytes();
    }

    /** Takes bytes; they reach the file with the next {@link #drain}. */
    void write(byte[] bytes, int length) {
        int from = 0;
        while (from < length) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int piece = Math.min(length - from, buffer.remaining());
            buffer.put(bytes, from, piece);
            from += piece;
            segment.end(segment.end() + piece);
        }
    }

    /** Takes a FLUSH frame that says what is known fsynced. */
    void mark() {
        byte[] frame = new byte[FrameFormat.FLUSH_LENGTH];
        FrameFormat.putFlush(frame, 0, salt, segment.end(), synced);
        write(frame, frame.length);
    }

    /** Hands everything taken so far to the operating system. */
    void drain() {
        if (buffer.position() == 0) {
            return;
        }
        buffer.flip();
        int length = buffer.remaining();
        openFile().write(buffer, segment.end() - segment.base() - length);
        buffer.clear();
    }

    /** Makes everything drained so far durable. */
    void force() {
        openFile().force();
        synced = segment.end();
    }

    private VfsFile openFile() {
        VfsFile open = file;
        if (open == null) {
            throw new IllegalStateException("no segment is open");
        }
        return open;
    }

    @Override
    public void close() {
        VfsFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
