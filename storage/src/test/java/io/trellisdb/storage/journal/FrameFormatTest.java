package io.trellisdb.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes on disk do not change by accident. */
final class FrameFormatTest {
    private static final HexFormat HEX = HexFormat.of();

    private static JournalEntry entry(int partition, List<Operation> operations) {
        return new JournalEntry(
                partition,
                JournalEntry.Kind.OPERATIONS,
                2,
                3,
                4,
                5,
                new Token(6, 8, 7),
                StoredResult.ofCount(9),
                operations);
    }

    private static String frames(JournalEntry... entries) {
        ByteWriter out = new ByteWriter();
        EntryCodec.frame(
                out, java.util.Arrays.stream(entries).map(EntryCodec::encode).toList());
        return HEX.formatHex(out.toByteArray());
    }

    @Test
    void entryFrameHasTheseBytes() {
        BatchBuilder rows = new BatchBuilder(List.of(DataType.BIGINT), 1);
        rows.appendRow(21L);
        String frame = frames(entry(
                1,
                List.of(
                        new Operation.PutRows(10, 1, rows.build(), List.of(new byte[] {1, 2})),
                        new Operation.DeleteRows(10, List.of(new byte[] {1, 2}, new byte[] {1, 3})),
                        new Operation.Truncate(10),
                        new Operation.DropContainer(10),
                        new Operation.SetIndexState(10, 11, IndexDescriptor.State.PUBLIC),
                        new Operation.ReserveCounter(10, 0, 300),
                        new Operation.RaiseFloor(10, -1))));

        String expected = "00000074" + "01000100" // length; format, flags, kind, key
                + "00000001" + "0000000000000002" + "0000000000000003" // partition, term, LSN
                + "0000000000000004" + "0000000000000005" // previous hash, commit timestamp
                + "0000000000000006" + "0000000000000008" + "0000000000000007" // token
                + "01" + "0900" + "07" // result; count of operations
                + "040a01" + "01010500012a" + "0100020102" // PutRows: batch, keys
                + "050a" + "02" + "00020102" + "010103" // DeleteRows: the second key shares a byte
                + "030a" + "020a" + "060a0b03" + "070a00d804" + "080a01"
                + "15328180";
        assertEquals(expected, frame);
    }

    @Test
    void flushFrameHasTheseBytes() {
        byte[] frame = new byte[FrameFormat.FLUSH_LENGTH];
        FrameFormat.putFlush(frame, 0, 77, 1000, 900);

        assertEquals("00000024010008005452454c4c49534600000000000003e800000000000003842584ba3e", HEX.formatHex(frame));
        assertTrue(FrameFormat.isFlushWhole(frame, 0, 77, 1000));
        assertFalse(FrameFormat.isFlushWhole(frame, 0, 78, 1000));
        assertFalse(FrameFormat.isFlushWhole(frame, 0, 77, 1001));
    }

    @Test
    void segmentHeadHasTheseBytes() {
        byte[] head = new SegmentFormat(16, 1, 2, 3, true).encode();

        assertEquals(
                "54524c534a524e4c" + "00000001" + "00000010" + "0000000000000001" + "0000000000000002"
                        + "0000000000000003" + "01000000" + "2ea7d77e",
                HEX.formatHex(head));
        assertEquals(
                new SegmentFormat(16, 1, 2, 3, true), SegmentFormat.decode(head).orElseThrow());
        assertEquals("00000000000000ff.journal", SegmentFormat.name(255));
    }

    @Test
    void chainHashDoesNotDependOnTheFraming() {
        JournalEntry first = entry(1, List.of(new Operation.Truncate(10)));
        JournalEntry second = entry(2, List.of(new Operation.Truncate(10)));

        assertEquals(EntryCodec.encode(first).hash(), EntryCodec.encode(first).hash());
        assertFalse(EntryCodec.encode(first).hash() == EntryCodec.encode(second).hash());
    }
}
