package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** How a driver finds the owner to which a statement is best sent. */
public sealed interface RoutingRule {
    /** Any node will do. */
    record Anywhere() implements RoutingRule {}

    /** The owner of this partition. */
    record ToPartition(int partition) implements RoutingRule {}

    /**
     * The owner of the partition of the routing hash of these parameters.
     *
     * @param parameters positions of parameters, from 0, in the order of the partitioning columns
     * @param types the types of the partitioning columns, to which the values are converted before hashing
     */
    record ByParameters(List<Integer> parameters, List<DataType> types) implements RoutingRule {
        public ByParameters {
            parameters = List.copyOf(parameters);
            types = List.copyOf(types);
        }
    }
}
