package io.trellisdb.storage.journal;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads the frames of one segment and hands out whole groups. One use, confined to one thread. */
final class SegmentReader {
    private static final int FLUSH_KIND = JournalEntry.Kind.FLUSH.code();
    private static final int PART_KIND = JournalEntry.Kind.PART.code();
    private static final int COMMIT_KIND = JournalEntry.Kind.COMMIT.code();
    private static final int SCAN_BYTES = 1024 * 1024;

    private final VfsFile file;
    private final FileWindow window;
    private final SegmentFormat head;
    private final Segment segment;
    private final JournalReplay replay;

    private final CRC32C groupChecksum = new CRC32C();
    private final List<JournalReplay.Replayed> group = new ArrayList<>();
    private long groupStart = -1;
    private final ByteWriter parts = new ByteWriter(0);
    private int partPartition;
    private long partLsn;
    private long offset = SegmentFormat.HEAD_LENGTH;
    /** The highest position that a frame calls fsynced. */
    private long synced;

    SegmentReader(VfsFile file, SegmentFormat head, Segment segment, JournalReplay replay) {
        this(file, file.size(), head, segment, replay);
    }

    /** A reader of the first {@code size} bytes of the file. */
    SegmentReader(VfsFile file, long size, SegmentFormat head, Segment segment, JournalReplay replay) {
        this.file = file;
        this.window = new FileWindow(file, size);
        this.head = head;
        this.segment = segment;
        this.replay = replay;
        this.synced = head.base() + SegmentFormat.HEAD_LENGTH;
    }

    /** The highest position known to be fsynced, including what lies behind a bad frame. */
    long synced() {
        return synced;
    }

    /**
     * Reads to the end or to the first bad frame.
     *
     * @return the offset in the file behind the last whole group
     */
    long read() {
        while (step()) {
            // every frame, as far as they are good
        }
        long whole = whole();
        segment.end(head.base() + whole);
        if (whole < window.size()) {
            findMarksBehind(whole);
        }
        return whole;
    }

    /** Reads one frame; false at the end and at a bad frame. */
    boolean step() {
        if (offset >= window.size()) {
            return false;
        }
        int length = readFrame(offset);
        if (length < 0) {
            return false;
        }
        offset += length;
        return true;
    }

    /** Goes to the offset of a frame that begins a group. */
    void skipTo(long frame) {
        offset = frame;
    }

    /** The offset behind the last whole group that was read. */
    long whole() {
        return groupStart < 0 ? offset : groupStart;
    }

    boolean isWhole(long end) {
        return end == window.size();
    }

    /** The frame's length, or -1 when it is bad. */
    private int readFrame(long offset) {
        int frame = window.index(offset, FrameFormat.PREAMBLE_LENGTH);
        if (frame < 0) {
            return -1;
        }
        int length = FrameFormat.length(window.bytes(), frame);
        if (!FrameFormat.isLengthPossible(length)) {
            return -1;
        }
        frame = window.index(offset, length);
        if (frame < 0) {
            return -1;
        }
        boolean isGood = FrameFormat.kind(window.bytes(), frame) == FLUSH_KIND
                ? readMark(offset, frame)
                : readEntry(offset, frame, length);
        return isGood ? length : -1;
    }

    private boolean readMark(long offset, int frame) {
        if (groupStart >= 0 || !FrameFormat.isFlushWhole(window.bytes(), frame, head.salt(), head.base() + offset)) {
            return false;
        }
        synced = Math.max(synced, FrameFormat.syncedPosition(window.bytes(), frame));
        return true;
    }

    private boolean readEntry(long offset, int frame, int length) {
        byte[] bytes = window.bytes();
        if (length < FrameFormat.ENTRY_HEADER_LENGTH + FrameFormat.CHECKSUM_LENGTH
                || !FrameFormat.isEntryWhole(bytes, frame)) {
            return false;
        }
        int flags = FrameFormat.flags(bytes, frame);
        boolean isInGroup = groupStart >= 0;
        if (isInGroup ? flags == 0 : flags == FrameFormat.GROUP_CLOSES) {
            return false;
        }
        if (flags == FrameFormat.GROUP_CLOSES
                && FrameFormat.groupChecksum(bytes, frame) != (int) groupChecksum.getValue()) {
            return false;
        }
        if (!isInGroup) {
            groupStart = offset;
            groupChecksum.reset();
        }
        groupChecksum.update(bytes, frame, length);
        collect(offset, frame);
        if (flags != FrameFormat.GROUP_CONTINUES) {
            deliver(offset);
        }
        return true;
    }

    private void collect(long offset, int frame) {
        byte[] bytes = window.bytes();
        int kind = FrameFormat.kind(bytes, frame);
        int payload = frame + FrameFormat.ENTRY_HEADER_LENGTH;
        int length = FrameFormat.payloadLength(bytes, frame);
        boolean isContinued = parts.position() > 0;
        if (!EntryCodec.isKnownKind(kind)
                || FrameFormat.partition(bytes, frame) < 0
                || FrameFormat.partition(bytes, frame) >= head.partitionCount()
                || kind == COMMIT_KIND && !isContinued
                || isContinued
                        && (FrameFormat.partition(bytes, frame) != partPartition
                                || FrameFormat.lsn(bytes, frame) != partLsn)) {
            throw nonsense(offset, "frame does not belong there", null);
        }
        if (kind == PART_KIND) {
            partPartition = FrameFormat.partition(bytes, frame);
            partLsn = FrameFormat.lsn(bytes, frame);
            if (parts.position() + length > EntryCodec.ENTRY_MAX) {
                throw nonsense(offset, "entry is too large", null);
            }
            parts.writeBytes(bytes, payload, length);
            return;
        }
        byte[] whole = bytes;
        if (isContinued) {
            parts.writeBytes(bytes, payload, length);
            whole = parts.array();
            payload = 0;
            length = parts.position();
        }
        try {
            ByteReader in = ByteReader.ofStored(whole, payload, length);
            boolean isWanted = replay.isWanted(FrameFormat.partition(bytes, frame), FrameFormat.lsn(bytes, frame));
            JournalEntry entry =
                    isWanted ? EntryCodec.decode(bytes, frame, in) : EntryCodec.decodeHeader(bytes, frame, in);
            group.add(new JournalReplay.Replayed(entry, EntryCodec.hash(entry, whole, payload, length), length));
        } catch (TrellisException e) {
            throw nonsense(offset, e.getMessage(), e);
        }
        parts.reset();
    }

    /** The checksum is right and the content is not: no torn write does that. */
    private TrellisException nonsense(long offset, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED,
                "journal entry cannot be understood: " + file.name() + " at " + offset + ": " + what,
                cause);
    }

    private void deliver(long offset) {
        if (parts.position() > 0) {
            throw nonsense(offset, "entry has no end", null);
        }
        long position = head.base() + groupStart;
        group.removeIf(replayed -> !replay.isOwn(replayed.entry().partition(), position));
        for (JournalReplay.Replayed replayed : group) {
            segment.holds(replayed.entry().partition(), replayed.entry().lsn());
        }
        replay.accept(List.copyOf(group));
        group.clear();
        groupStart = -1;
    }

    /** Behind a bad frame only FLUSH frames can be trusted: they name their own position under the segment's salt. */
    private void findMarksBehind(long from) {
        long offset = from;
        while (offset + FrameFormat.FLUSH_LENGTH <= window.size()) {
            int count = (int) Math.min(SCAN_BYTES, window.size() - offset);
            int index = window.index(offset, count);
            if (index < 0) {
                return;
            }
            for (int i = 0; i + FrameFormat.FLUSH_LENGTH <= count; i++) {
                if (FrameFormat.isFlushWhole(window.bytes(), index + i, head.salt(), head.base() + offset + i)) {
                    synced = Math.max(synced, FrameFormat.syncedPosition(window.bytes(), index + i));
                }
            }
            if (offset + count == window.size()) {
                return;
            }
            offset += count - FrameFormat.FLUSH_LENGTH + 1;
        }
    }
}
