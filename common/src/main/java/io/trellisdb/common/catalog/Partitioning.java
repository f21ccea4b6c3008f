package io.trellisdb.common.catalog;

import java.util.List;

/** Which partition holds a row of a container. */
public sealed interface Partitioning {
    /** All rows live in one partition, chosen when the container was created. */
    record Whole(int partition) implements Partitioning {}

    /** Rows are spread by the hash of these columns' values (column ids). */
    record Hash(List<Integer> columnIds) implements Partitioning {
        public Hash {
            columnIds = List.copyOf(columnIds);
            if (columnIds.isEmpty()) {
                throw new IllegalArgumentException("hash partitioning without columns");
            }
        }
    }
}
