package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.RowCodec;
import io.trellisdb.common.codec.RowLayout;
import java.util.stream.IntStream;

/** One schema version of a container: how its rows are written and read. Immutable. */
final class RowVersion {
    private final ContainerDescriptor descriptor;
    private final RowCodec codec;
    private final int[] batchColumns;

    RowVersion(ContainerDescriptor descriptor) {
        this.descriptor = descriptor;
        this.codec = new RowCodec(RowLayout.of(
                descriptor.version(),
                descriptor.columns().stream()
                        .map(column -> new RowLayout.LayoutColumn(column.id(), column.type()))
                        .toList()));
        this.batchColumns = IntStream.range(0, descriptor.columns().size()).toArray();
    }

    ContainerDescriptor descriptor() {
        return descriptor;
    }

    RowCodec codec() {
        return codec;
    }

    /** The batch column of each layout column: batches of this version have them in order. Not to be written. */
    int[] batchColumns() {
        return batchColumns;
    }
}
