package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContainerCodecTest {
    private static final ContainerDescriptor CONTAINER = new ContainerDescriptor(
            7_000_000_000L,
            3,
            2,
            "größen",
            ContainerKind.TIME_SERIES,
            List.of(
                    new ColumnDescriptor(1, "device", DataType.varchar(20), false, null, null, null),
                    new ColumnDescriptor(2, "ts", DataType.timestamp(3), false, "current_timestamp", null, null),
                    new ColumnDescriptor(
                            5, "price", DataType.decimal(30, 2), true, "1.50", new BigDecimal("1.50"), null),
                    new ColumnDescriptor(
                            6, "number", DataType.BIGINT, false, null, null, new IdentityDescriptor(true, -1, 2))),
            List.of(KeyColumn.ascending(1), new KeyColumn(2, true)),
            List.of(new IndexDescriptor(
                    9, "by_price", true, false, List.of(new KeyColumn(5, true)), IndexDescriptor.State.BACKFILL)),
            List.of(new CheckDescriptor("positive", "price > 0")),
            List.of(new ForeignKeyDescriptor("to_device", List.of("device"), "public", "devices", List.of("id"))),
            new Partitioning.Hash(List.of(1)),
            Map.of("expiration", "90 days", "a", "b"),
            7);

    @Test
    void descriptorComesBackEqual() {
        ByteWriter out = new ByteWriter();
        ContainerCodec.encode(out, CONTAINER);

        ByteReader in = ByteReader.ofStored(out.toByteArray());

        assertEquals(CONTAINER, ContainerCodec.decode(in));
        in.expectEnd();
    }

    @Test
    void damagedDescriptorEndsInOneKindOfException() {
        ByteWriter out = new ByteWriter();
        ContainerCodec.encode(out, CONTAINER);
        byte[] bytes = out.toByteArray();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(TrellisException.class, () -> ContainerCodec.decode(ByteReader.ofStored(cut)));
        }
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
            decodesOrIsRefused(flipped);
        }
    }

    private static void decodesOrIsRefused(byte[] bytes) {
        try {
            ContainerCodec.decode(ByteReader.ofStored(bytes));
        } catch (TrellisException e) {
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
        }
    }
}
