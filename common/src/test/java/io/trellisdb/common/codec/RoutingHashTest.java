package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutingHashTest {
    @Test
    void vectorsRowsAndValuesAgree() {
        List<DataType> types = List.of(DataType.TEXT, DataType.BIGINT);
        Batch batch = new RandomVectors(TestSeed.next("vectorsRowsAndValuesAgree")).batch(types, 300);

        int[] partitions = RoutingHash.partitions(batch, new int[] {1, 0}, 128);

        for (int row = 0; row < 300; row++) {
            assertEquals(partitions[row], RoutingHash.partition(batch, new int[] {1, 0}, row, 128));
            assertEquals(
                    partitions[row],
                    RoutingHash.partition(
                            List.of(DataType.BIGINT, DataType.TEXT),
                            Arrays.asList(
                                    batch.column(1).value(row), batch.column(0).value(row)),
                            128));
        }
    }

    /** These place rows on disk: a change here is a new format. */
    @Test
    void placementIsStable() {
        assertEquals(7, RoutingHash.partition(List.of(DataType.TEXT), List.of("host-1"), 128));
        assertEquals(14, RoutingHash.partition(List.of(DataType.BIGINT), List.of(42L), 128));
        assertEquals(8, RoutingHash.containerPartition("public", "orders", 128));
    }

    @Test
    void numbersOfEveryWidthMeet() {
        assertEquals(
                RoutingHash.partition(List.of(DataType.BIGINT), List.of(7L), 128),
                RoutingHash.partition(List.of(DataType.INTEGER), List.of(7), 128));
        assertEquals(
                RoutingHash.partition(List.of(DataType.DOUBLE), List.of(0.5), 128),
                RoutingHash.partition(List.of(DataType.REAL), List.of(0.5f), 128));
    }

    @Test
    void rowsSpreadEvenly() {
        BatchBuilder builder = new BatchBuilder(List.of(DataType.BIGINT), 4096);
        for (long i = 0; i < 4096; i++) {
            builder.appendRow(i);
        }
        int[] counts = new int[16];
        for (int partition : RoutingHash.partitions(builder.build(), new int[] {0}, 16)) {
            counts[partition]++;
        }
        for (int count : counts) {
            assertTrue(count > 180 && count < 340, () -> Arrays.toString(counts));
        }
        assertArrayEquals(new int[0], RoutingHash.partitions(builder.build(), new int[] {0}, 16));
    }
}
