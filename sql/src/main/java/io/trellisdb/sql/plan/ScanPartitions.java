package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;

/** Which partitions a scan touches; decided with the actual parameters. */
public sealed interface ScanPartitions {
    /** The container's only partition. */
    record One(int partition) implements ScanPartitions {}

    /** Every partition. */
    record All() implements ScanPartitions {}

    /** The partition of the hash of these values of the partitioning columns (in the container's partitioning order). */
    record OfValues(List<Expression> values) implements ScanPartitions {
        public OfValues {
            values = List.copyOf(values);
        }
    }

    /**
     * The partitions of the hashes of all combinations of these values, a list for each partitioning column. A NULL among
     * them is passed over.
     */
    record OfAlternatives(List<List<Expression>> values) implements ScanPartitions {
        public OfAlternatives {
            values = values.stream().map(List::copyOf).toList();
        }
    }
}
