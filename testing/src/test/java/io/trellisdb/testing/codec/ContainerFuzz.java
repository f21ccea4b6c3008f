package io.trellisdb.testing.codec;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.ContainerCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Descriptors of containers. */
public final class ContainerFuzz {
    /** Absent values are expanded and then boxed. */
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(6L * BatchCodec.MAX_EXPANSION, 2048);

    private static final ContainerDescriptor SAMPLE = new ContainerDescriptor(
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

    private ContainerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        HARMLESS.decode(data, () -> decode(data))
                .ifPresent(
                        container -> Harmless.requireStable(container, ContainerFuzz::encode, ContainerFuzz::decode));
    }

    private static ContainerDescriptor decode(byte[] data) {
        return ContainerCodec.decode(ByteReader.ofStored(data));
    }

    private static byte[] encode(ContainerDescriptor container) {
        ByteWriter out = new ByteWriter();
        ContainerCodec.encode(out, container);
        return out.toByteArray();
    }

    static List<byte[]> seeds() {
        return List.of(encode(SAMPLE));
    }
}
