package io.trellisdb.common.routing;

import java.util.List;
import java.util.Optional;

/**
 * The published assignment of partitions to nodes.
 *
 * @param version grows with every publication
 * @param nodes the nodes that serve clients
 * @param partitions the row of partition {@code i} at index {@code i}
 */
public record PartitionTable(long version, List<NodeAddress> nodes, List<Row> partitions) {
    /**
     * One partition's replicas.
     *
     * @param owner node id of the owner, or 0 while there is none
     * @param term the number of this ownership
     */
    public record Row(int owner, long term, List<Integer> backups) {
        public Row {
            backups = List.copyOf(backups);
        }
    }

    public PartitionTable {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
    }

    public int partitionCount() {
        return partitions.size();
    }

    public Row row(int partition) {
        return partitions.get(partition);
    }

    /** The address of the partition's owner, if it has one. */
    public Optional<NodeAddress> owner(int partition) {
        int owner = partitions.get(partition).owner();
        return nodes.stream().filter(node -> node.nodeId() == owner).findFirst();
    }
}
