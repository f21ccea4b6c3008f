package io.trellisdb.storage.journal;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.testing.fuzz.Harmless;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Frames of a journal's only segment, behind a whole head. Frames get the checksums that fit them, unless the first byte is
 * odd. What was read once is read again.
 */
public final class SegmentFuzz {
    private static final long SALT = 1000;
    private static final String NAME = JournalFixture.DIRECTORY + "/" + SegmentFormat.name(0);
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(6L * BatchCodec.MAX_EXPANSION, 4096);

    private SegmentFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] file = new byte[SegmentFormat.HEAD_LENGTH + data.length - 1];
        byte[] head = new SegmentFormat(JournalFixture.PARTITIONS, 1, 0, SALT, false).encode();
        System.arraycopy(head, 0, file, 0, head.length);
        System.arraycopy(data, 1, file, head.length, data.length - 1);
        if ((data[0] & 1) == 0) {
            repair(file);
        }
        MemoryVfs disk = JournalFixture.disk(Map.of(NAME, file));
        HARMLESS.decode(data, () -> read(disk)).ifPresent(read -> {
            List<String> again = read(disk);
            if (!read.equals(again)) {
                throw new AssertionError("journal reads otherwise the second time: " + read + ", " + again);
            }
        });
    }

    /** What tells entries apart: the hash covers all of an entry. */
    private static List<String> read(MemoryVfs disk) {
        return JournalFixture.read(disk).stream()
                .flatMap(List::stream)
                .map(entry -> entry.partition() + " " + EntryCodec.encode(entry).hash())
                .toList();
    }

    /** Walks along the lengths. */
    private static void repair(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int offset = SegmentFormat.HEAD_LENGTH;
        int groupStart = -1;
        while (offset + FrameFormat.FLUSH_LENGTH <= file.length) {
            int length = FrameFormat.length(file, offset);
            if (!FrameFormat.isLengthPossible(length) || length > file.length - offset) {
                return;
            }
            if (FrameFormat.kind(file, offset) == JournalEntry.Kind.FLUSH.code()
                    && length == FrameFormat.FLUSH_LENGTH) {
                FrameFormat.putFlush(file, offset, SALT, offset, FrameFormat.syncedPosition(file, offset));
            } else {
                groupStart = groupStart < 0 ? offset : groupStart;
                int end = offset + length - FrameFormat.CHECKSUM_LENGTH;
                int flags = FrameFormat.flags(file, offset);
                if (flags == FrameFormat.GROUP_CLOSES) {
                    int at = end - FrameFormat.GROUP_CHECKSUM_LENGTH;
                    buffer.putInt(at, Crc32c.of(file, groupStart, offset - groupStart));
                }
                buffer.putInt(end, Crc32c.of(file, offset, end - offset));
                groupStart = flags == FrameFormat.GROUP_CONTINUES ? groupStart : -1;
            }
            offset += length;
        }
    }

    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int groups = 0; groups < 4; groups++) {
            MemoryVfs vfs = new MemoryVfs();
            JournalFixture fixture = new JournalFixture(vfs, Journal.Level.FLUSH, 1_000_000);
            for (int group = 0; group < groups; group++) {
                fixture.append(fixture.group(
                        group == 1
                                ? Map.of(0, List.of(new byte[] {1}), 2, List.of(new byte[] {1}, new byte[] {1, 2}))
                                : Map.of(group, List.of(new byte[] {4}))));
                fixture.journal().flushOnce();
            }
            fixture.journal().close();
            byte[] file = JournalFixture.bytes(vfs, NAME);
            byte[] seed = new byte[file.length - SegmentFormat.HEAD_LENGTH + 1];
            System.arraycopy(file, SegmentFormat.HEAD_LENGTH, seed, 1, seed.length - 1);
            seeds.add(seed);
        }
        return seeds;
    }
}
