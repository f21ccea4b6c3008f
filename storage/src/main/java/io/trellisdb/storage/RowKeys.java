package io.trellisdb.storage;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.KeyCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Encoded row keys: the primary key's columns in order-preserving encoding, or, without a primary key, the hidden row id as
 * eight big-endian bytes. The container id is not part of it.
 */
public final class RowKeys {
    private RowKeys() {}

    /** The codec of a container's primary key; an {@link IllegalStateException} when it has none. */
    public static KeyCodec codec(ContainerDescriptor container) {
        if (!container.hasPrimaryKey()) {
            throw new IllegalStateException("container has no primary key: " + container.name());
        }
        return new KeyCodec(container.primaryKey().stream()
                .map(key ->
                        new KeyCodec.KeyPart(container.column(key.columnId()).type(), key.descending()))
                .toList());
    }

    /** The key of a hidden row id. */
    public static byte[] ofRowId(long rowId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(rowId).array();
    }

    /** The keys of all rows of a batch that has the container's columns in order. */
    public static List<byte[]> ofRows(ContainerDescriptor container, Batch rows) {
        KeyCodec codec = codec(container);
        int[] columns = container.primaryKeyIndexes();
        List<byte[]> keys = new ArrayList<>(rows.rowCount());
        for (int row = 0; row < rows.rowCount(); row++) {
            keys.add(codec.encode(rows, columns, row));
        }
        return keys;
    }
}
