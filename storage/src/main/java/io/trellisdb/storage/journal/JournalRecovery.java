package io.trellisdb.storage.journal;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads a journal back and tells damage from a torn tail, which is left to be cut: a bad frame below a position that was fsynced is damage.
 * Opening then fails with DATA_CORRUPTED, or, when forced, gives up everything from there on and says so. One use.
 */
public final class JournalRecovery {
    /** Files of segments that a forced opening gave up. */
    static final String LOST_SUFFIX = ".lost";

    private static final int COPY_BYTES = 1024 * 1024;

    private final Vfs vfs;
    private final JournalSettings settings;
    private final JournalReplay replay;
    private final boolean isForced;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private Optional<RecoveredJournal.Tail> tail = Optional.empty();
    private long journalId;
    private boolean isBuffered;

    /** {@code isForced} gives up what is damaged instead of failing. */
    public JournalRecovery(Vfs vfs, JournalSettings settings, JournalReplay replay, boolean isForced) {
        this.vfs = vfs;
        this.settings = settings;
        this.replay = replay;
        this.isForced = isForced;
    }

    /**
     * Reads all entries. Files stay as they are, so that an opening that is refused in the end destroys nothing; only what a
     * forced one gives up gets another name.
     *
     * @param ids random numbers, for a new journal
     */
    public RecoveredJournal run(LongSupplier ids) {
        vfs.createDirectories(settings.directory());
        List<String> names = segmentNames();
        if (names.isEmpty()) {
            return new RecoveredJournal(ids.getAsLong(), true, 0, 0, false, List.of(), Optional.empty(), List.of());
        }
        for (int i = 0; i < names.size(); i++) {
            if (!readSegment(names.get(i), i == names.size() - 1)) {
                giveUp(names.subList(segments.size(), names.size()));
                break;
            }
        }
        long start = segments.isEmpty() ? baseOf(names.get(0)) : segments.get(0).base();
        long end =
                segments.isEmpty() ? start : segments.get(segments.size() - 1).end();
        long id = journalId == 0 ? ids.getAsLong() : journalId;
        return new RecoveredJournal(id, false, start, end, isBuffered, segments, tail, losses);
    }

    /** The head of the oldest segment, if there is a journal and it can be read. */
    public static Optional<Beginning> findBeginning(Vfs vfs, String directory) {
        List<String> names = vfs.list(directory).stream()
                .filter(name -> name.endsWith(SegmentFormat.SUFFIX))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        try (VfsFile file = vfs.openReadOnly(directory + "/" + names.get(0))) {
            return readHead(file).map(head -> new Beginning(head.journalId(), head.base()));
        }
    }

    /**
     * Where a journal begins.
     *
     * @param position 0 when nothing was ever cut away
     */
    public record Beginning(long journalId, long position) {}

    private List<String> segmentNames() {
        return vfs.list(settings.directory()).stream()
                .filter(name -> name.endsWith(SegmentFormat.SUFFIX))
                .sorted()
                .toList();
    }

    private static long baseOf(String name) {
        try {
            return Long.parseUnsignedLong(name.substring(0, name.length() - SegmentFormat.SUFFIX.length()), 16);
        } catch (NumberFormatException e) {
            throw new TrellisException(ErrorCode.DATA_CORRUPTED, "not a segment of the journal: " + name, e);
        }
    }

    /** Reads one segment; false when it, or what is left of it, is the end of a forced recovery. */
    private boolean readSegment(String name, boolean isLast) {
        String path = settings.directory() + "/" + name;
        try (VfsFile file = vfs.open(path)) {
            Optional<SegmentFormat> head = readHead(file);
            if (head.isEmpty()) {
                return skipTornHead(file, name, isLast);
            }
            SegmentFormat format = head.get();
            checkHead(format, name);
            long expected = segments.isEmpty()
                    ? format.base()
                    : segments.get(segments.size() - 1).end();
            if (format.base() != expected || format.base() != baseOf(name)) {
                return damaged(name, 0, "begins at " + format.base() + " instead of " + expected);
            }
            if (isLast) {
                settle(file, format);
            }
            Segment segment = new Segment(format.base(), settings.partitionCount());
            SegmentReader reader = new SegmentReader(file, format, segment, replay);
            long end = reader.read();
            segments.add(segment);
            return reader.isWhole(end) || leave(name, format, reader, end, isLast);
        }
    }

    /**
     * Makes durable what can be read, before it counts: a process that was killed leaves bytes that it had not forced, and one
     * whose force failed leaves bytes that another force would pass over. Written once more, they are forced like new ones.
     */
    private void settle(VfsFile file, SegmentFormat format) {
        SegmentReader reader = new SegmentReader(
                file, format, new Segment(format.base(), settings.partitionCount()), JournalReplay.NOTHING);
        long end = reader.read();
        long forced = reader.synced() - format.base();
        long from = forced <= SegmentFormat.HEAD_LENGTH ? 0 : forced;
        ByteBuffer piece = ByteBuffer.allocate(COPY_BYTES);
        while (from < end) {
            piece.clear().limit((int) Math.min(COPY_BYTES, end - from));
            file.read(piece, from);
            piece.flip();
            int length = piece.remaining();
            file.write(piece, from);
            from += length;
        }
        file.force();
    }

    private static Optional<SegmentFormat> readHead(VfsFile file) {
        ByteBuffer head = ByteBuffer.allocate(SegmentFormat.HEAD_LENGTH);
        int count = file.read(head, 0);
        return count < SegmentFormat.HEAD_LENGTH ? Optional.empty() : SegmentFormat.decode(head.array());
    }

    /** A head is forced before anything follows it, so only a file without frames may lack one. */
    private boolean skipTornHead(VfsFile file, String name, boolean isLast) {
        if (!isLast || file.size() > SegmentFormat.HEAD_LENGTH) {
            return damaged(name, 0, "has no valid head");
        }
        vfs.delete(settings.directory() + "/" + name);
        vfs.forceDirectory(settings.directory());
        return true;
    }

    private void checkHead(SegmentFormat format, String name) {
        if (format.partitionCount() != settings.partitionCount()) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "journal was made for another number of partitions: " + format.partitionCount() + ", not "
                            + settings.partitionCount());
        }
        if (journalId != 0 && journalId != format.journalId()) {
            throw new TrellisException(ErrorCode.DATA_CORRUPTED, "segment belongs to another journal: " + name);
        }
        journalId = format.journalId();
        isBuffered = format.isBuffered();
    }

    /** Leaves what follows to be cut; false when it is damage that is given up. */
    private boolean leave(String name, SegmentFormat format, SegmentReader reader, long end, boolean isLast) {
        boolean isTail = isLast && format.base() + end >= reader.synced();
        if (!isTail) {
            String synced = isLast
                    ? ", known fsynced up to " + (reader.synced() - format.base())
                    : ", followed by other segments";
            damaged(name, end, "has a bad frame" + synced);
        }
        tail = Optional.of(new RecoveredJournal.Tail(settings.directory() + "/" + name, end));
        return isTail;
    }

    private boolean damaged(String name, long offset, String what) {
        String sentence = "journal is damaged: " + settings.directory() + "/" + name + " at " + offset + " " + what;
        if (!isForced) {
            throw new TrellisException(ErrorCode.DATA_CORRUPTED, sentence);
        }
        losses.add(sentence + "; everything from there on is given up");
        return false;
    }

    private void giveUp(List<String> names) {
        for (String name : names) {
            String path = settings.directory() + "/" + name;
            vfs.rename(path, path + LOST_SUFFIX);
            losses.add("segment is given up: " + path + LOST_SUFFIX);
        }
        vfs.forceDirectory(settings.directory());
    }
}
