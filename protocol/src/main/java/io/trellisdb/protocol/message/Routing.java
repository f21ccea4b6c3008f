package io.trellisdb.protocol.message;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** Which node serves a statement best; a hint that saves a hop, never a promise: the server routes again. */
public sealed interface Routing {
    /** Any node: the statement touches several partitions or none. */
    record Anywhere() implements Routing {}

    /** All that the statement touches lies in one partition, whatever the parameters. */
    record OnePartition(int partition) implements Routing {
        public OnePartition {
            if (partition < 0) {
                throw new IllegalArgumentException("negative partition: " + partition);
            }
        }
    }

    /**
     * The partition follows from parameters.
     *
     * @param positions for each partitioning column in order, the parameter (from 0) that gives its value
     * @param types for each partitioning column its type; the value is converted to it before it is hashed
     */
    record ByParameters(List<Integer> positions, List<DataType> types) implements Routing {
        public ByParameters {
            positions = List.copyOf(positions);
            types = List.copyOf(types);
            if (positions.isEmpty() || positions.size() != types.size()) {
                throw new IllegalArgumentException(
                        "routing by " + positions.size() + " parameters of " + types.size() + " types");
            }
        }
    }
}
