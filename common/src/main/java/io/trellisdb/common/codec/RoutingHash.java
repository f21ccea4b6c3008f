package io.trellisdb.common.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which partition a value belongs to: XXH64 of the ascending {@link KeyCodec} form of the partitioning columns, unsigned
 * modulo the number of partitions. Driver, server and stored data agree on it, so it never changes.
 *
 * <p>The container is not part of the hash: equal values of co-partitioned tables meet. Integers of every width agree, as
 * do REAL and DOUBLE; DECIMALs agree when their scale is the same and both have up to 18 digits or both have more.
 */
public final class RoutingHash {
    private RoutingHash() {}

    /** The hash of each row's columns at {@code columns}. */
    public static long[] hashes(Batch batch, int[] columns) {
        long[] hashes = new long[batch.rowCount()];
        if (hashes.length == 0) {
            return hashes;
        }
        KeyCodec codec = codec(batch, columns);
        ByteWriter out = new ByteWriter(64);
        for (int row = 0; row < hashes.length; row++) {
            out.reset();
            codec.encode(out, batch, columns, row);
            hashes[row] = XxHash64.hash(out.array(), 0, out.position());
        }
        return hashes;
    }

    /** The partition, 0 to {@code partitionCount - 1}, of each row by its columns at {@code columns}. */
    public static int[] partitions(Batch batch, int[] columns, int partitionCount) {
        long[] hashes = hashes(batch, columns);
        int[] partitions = new int[hashes.length];
        for (int row = 0; row < hashes.length; row++) {
            partitions[row] = partition(hashes[row], partitionCount);
        }
        return partitions;
    }

    /** The partition of one row's columns at {@code columns}. */
    public static int partition(Batch batch, int[] columns, int row, int partitionCount) {
        ByteWriter out = new ByteWriter(64);
        codec(batch, columns).encode(out, batch, columns, row);
        return partition(XxHash64.hash(out.array(), 0, out.position()), partitionCount);
    }

    /** The partition of boxed values of the partitioning columns' types. */
    public static int partition(List<DataType> types, List<? extends @Nullable Object> values, int partitionCount) {
        return partition(XxHash64.hash(KeyCodec.ascending(types).encodeValues(values)), partitionCount);
    }

    /** The partition of a container that is not partitioned, by its database's and its own name at creation. */
    public static int containerPartition(String database, String name, int partitionCount) {
        return partition(XxHash64.hash(Utf8.encode(database + "\0" + name)), partitionCount);
    }

    public static int partition(long hash, int partitionCount) {
        return (int) Long.remainderUnsigned(hash, partitionCount);
    }

    private static KeyCodec codec(Batch batch, int[] columns) {
        KeyCodec.KeyPart[] parts = new KeyCodec.KeyPart[columns.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = KeyCodec.KeyPart.ascending(batch.column(columns[i]).type());
        }
        return new KeyCodec(List.of(parts));
    }
}
