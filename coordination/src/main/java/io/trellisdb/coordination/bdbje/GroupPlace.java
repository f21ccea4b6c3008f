package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.rep.NodeType;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.NodeId;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node's place in the replication group.
 *
 * @param address where others reach this node's JE
 * @param isVoter whether it votes and acknowledges
 * @param helpers nodes that may know the group; only the node itself where it founds the group
 */
record GroupPlace(NodeId self, ClusterId cluster, HostPort address, boolean isVoter, Set<HostPort> helpers) {
    GroupPlace {
        helpers = Set.copyOf(helpers);
    }

    /** JE's name of the node: never an address, and never used again. */
    String nodeName() {
        return self.toString();
    }

    String groupName() {
        return "trellis-" + cluster;
    }

    NodeType nodeType() {
        return isVoter ? NodeType.ELECTABLE : NodeType.SECONDARY;
    }

    String helperHosts() {
        return helpers.stream().map(HostPort::toString).sorted().collect(Collectors.joining(","));
    }
}
