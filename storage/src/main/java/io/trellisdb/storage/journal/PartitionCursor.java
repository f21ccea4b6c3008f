package io.trellisdb.storage.journal;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.JournalCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition's entries out of the segments. A segment is read as far as it was written when it was opened; where it has
 * grown since, reading goes on behind the last whole group. Confined to one thread.
 */
final class PartitionCursor implements JournalCursor, JournalReplay {
    private final FileJournal journal;
    private final Vfs vfs;
    private final JournalSettings settings;
    private final int partition;
    private final List<Logged> collected = new ArrayList<>();
    private long collectedBytes;
    private long nextLsn;
    private @Nullable Reading reading;

    /** A segment that is being read. */
    private record Reading(Written written, VfsFile file, SegmentReader reader) {}

    /** How much of a segment there is to be read; {@code isLast} when it may grow. */
    record Written(Segment segment, long end, boolean isLast) {
        long size() {
            return end - segment.base();
        }
    }

    PartitionCursor(FileJournal journal, Vfs vfs, JournalSettings settings, int partition, long afterLsn) {
        this.journal = journal;
        this.vfs = vfs;
        this.settings = settings;
        this.partition = partition;
        this.nextLsn = afterLsn + 1;
    }

    @Override
    public long nextLsn() {
        return nextLsn;
    }

    @Override
    public List<Logged> next(int maxBytes) {
        boolean isMore = true;
        while (isMore && collectedBytes < maxBytes) {
            Reading now = reading;
            if (now == null) {
                isMore = open(journal.findWritten(partition, nextLsn), SegmentFormat.HEAD_LENGTH);
            } else if (!now.reader.step()) {
                isMore = goOn(now);
            }
        }
        List<Logged> found = List.copyOf(collected);
        collected.clear();
        collectedBytes = 0;
        return found;
    }

    /** Looks for more behind what has been read of a segment; false when there is no more now. */
    private boolean goOn(Reading done) {
        long whole = done.reader.whole();
        if (whole < done.written.size()) {
            throw new TrellisException(
                    ErrorCode.DATA_CORRUPTED,
                    "journal is damaged: " + done.file.name() + " at " + whole + " has a bad frame");
        }
        close();
        Optional<Written> written = journal.findWritten(partition, nextLsn);
        boolean isSame = written.isPresent()
                && written.get().segment().base() == done.written.segment().base();
        return open(written, isSame ? whole : SegmentFormat.HEAD_LENGTH);
    }

    private boolean open(Optional<Written> written, long from) {
        if (written.isEmpty() || written.get().size() <= from) {
            return false;
        }
        Segment segment = written.get().segment();
        String path = settings.directory() + "/" + segment.name();
        VfsFile file = openFile(path);
        ByteBuffer head = ByteBuffer.allocate(SegmentFormat.HEAD_LENGTH);
        file.read(head, 0);
        SegmentFormat format = SegmentFormat.decode(head.array())
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.DATA_CORRUPTED, "journal is damaged: " + path + " at 0 has no valid head"));
        SegmentReader reader = new SegmentReader(
                file, written.get().size(), format, new Segment(segment.base(), settings.partitionCount()), this);
        reader.skipTo(from);
        reading = new Reading(written.get(), file, reader);
        return true;
    }

    private VfsFile openFile(String path) {
        try {
            return vfs.openReadOnly(path);
        } catch (TrellisException e) {
            if (vfs.list(settings.directory()).stream().noneMatch(name -> path.endsWith("/" + name))) {
                throw gone(e);
            }
            throw e;
        }
    }

    private TrellisException gone(@Nullable Throwable cause) {
        return new TrellisException(
                ErrorCode.WRONG_OBJECT_STATE,
                "journal no longer holds the entry: " + nextLsn + " of partition " + partition,
                cause);
    }

    @Override
    public boolean isWanted(int entryPartition, long lsn) {
        return entryPartition == partition && lsn >= nextLsn;
    }

    @Override
    public boolean isOwn(int entryPartition, long position) {
        return entryPartition != partition || position >= journal.beginning(partition);
    }

    @Override
    public void accept(List<Replayed> group) {
        for (Replayed replayed : group) {
            if (isWanted(replayed.entry().partition(), replayed.entry().lsn())) {
                if (replayed.entry().lsn() != nextLsn) {
                    throw gone(null);
                }
                collected.add(new Logged(replayed.entry(), replayed.hash()));
                collectedBytes += replayed.length();
                nextLsn++;
            }
        }
    }

    @Override
    public void close() {
        Reading open = reading;
        reading = null;
        if (open != null) {
            open.file.close();
        }
    }
}
