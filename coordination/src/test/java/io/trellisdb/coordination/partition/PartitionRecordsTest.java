package io.trellisdb.coordination.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PartitionRecordsTest {
    private static final Replica SELF = new Replica(1, 1);
    private static final MetadataImage EMPTY = new MetadataImage(0, List.of());

    @Test
    void rowHasTheseBytes() {
        PartitionRow row =
                new PartitionRow(5, 7, 9, SELF, List.of(SELF, new Replica(2, 3)), List.of(new Replica(4, 1)), true);

        String hex = "01" + "00000005" + "0000000000000007" + "0000000000000009" + "03" + "0000000100000001" + "02"
                + "0000000100000001" + "0000000200000003" + "01" + "0000000400000001";
        assertEquals(hex, HexFormat.of().formatHex(PartitionRecords.encode(row)));
        assertEquals(row, PartitionRecords.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void rowWithoutOwnerIsKept() {
        PartitionRow row = new PartitionRow(0, 1, 1, null, List.of(SELF), List.of(), false);

        assertEquals(row, PartitionRecords.decode(PartitionRecords.encode(row)));
    }

    @Test
    void cutAndChangedBytesAreCorruptedData() {
        byte[] bytes = PartitionRecords.encode(PartitionRow.single(3, 1, SELF));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertCorrupted(cut);
        }
        bytes[0] = 9;
        assertCorrupted(bytes);
    }

    @Test
    void loneNodeTakesAllPartitionsOfANewDatabase() {
        MetadataImage image = apply(EMPTY, PartitionRecords.takeAll(EMPTY, epoch(4), SELF, 3));
        PartitionTable table = PartitionRecords.table(image, List.of(new NodeAddress(1, "node1", "127.0.0.1", 20001)));

        assertEquals(3, table.partitionCount());
        assertEquals(new PartitionTable.Row(1, 4, List.of()), table.row(2));
    }

    @Test
    void loneNodeTakesItsPartitionsAgainUnderHigherTerms() {
        MetadataImage image = apply(EMPTY, PartitionRecords.takeAll(EMPTY, epoch(4), SELF, 3));
        MetadataCommit again = PartitionRecords.takeAll(image, epoch(5), SELF, 3);
        List<PartitionRow> rows = PartitionRecords.read(apply(image, again));

        assertEquals(3, again.conditions().size());
        assertTrue(rows.stream().allMatch(row -> row.term() == 5 && row.version() == 2));
    }

    @Test
    void numberOfPartitionsCannotBeChanged() {
        MetadataImage image = apply(EMPTY, PartitionRecords.takeAll(EMPTY, epoch(1), SELF, 3));

        TrellisException refusal =
                assertThrows(TrellisException.class, () -> PartitionRecords.takeAll(image, epoch(2), SELF, 4));
        assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
    }

    @Test
    void partitionOfAnotherNodeIsNotTaken() {
        MetadataImage image = apply(EMPTY, PartitionRecords.takeAll(EMPTY, epoch(1), new Replica(2, 1), 3));

        assertThrows(TrellisException.class, () -> PartitionRecords.takeAll(image, epoch(2), SELF, 3));
    }

    @Test
    void keysAreInTheOrderOfPartitions() {
        assertTrue(PartitionRecords.key(9).compareTo(PartitionRecords.key(10)) < 0);
        assertTrue(PartitionRecords.key(9_999).compareTo(PartitionRecords.key(10_000)) < 0);
    }

    @Test
    void impossibleRowsCannotBeMade() {
        Replica other = new Replica(2, 1);

        assertThrows(
                IllegalArgumentException.class,
                () -> new PartitionRow(0, 1, 1, other, List.of(SELF), List.of(), false));
        assertThrows(
                IllegalArgumentException.class, () -> new PartitionRow(0, 1, 1, null, List.of(), List.of(), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PartitionRow(0, 1, 1, SELF, List.of(SELF), List.of(new Replica(1, 2)), false));
    }

    private static void assertCorrupted(byte[] bytes) {
        TrellisException failure = assertThrows(TrellisException.class, () -> PartitionRecords.decode(bytes));
        assertEquals(ErrorCode.DATA_CORRUPTED, failure.code());
    }

    private static MetadataImage apply(MetadataImage before, MetadataCommit commit) {
        long revision = before.revision() + 1;
        List<MetadataRecord> records = new ArrayList<>();
        for (MetadataChange change : commit.changes()) {
            MetadataChange.Put put = (MetadataChange.Put) change;
            records.add(new MetadataRecord(put.key(), revision, put.value()));
        }
        return new MetadataImage(revision, records);
    }

    private static Epoch epoch(long number) {
        return new Epoch(number, new NodeId(new UUID(0, 1), 1), new UUID(0, number));
    }
}
