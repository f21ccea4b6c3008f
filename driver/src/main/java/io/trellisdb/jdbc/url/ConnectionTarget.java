package io.trellisdb.jdbc.url;

import io.trellisdb.protocol.embedded.EmbeddedTarget;
import java.util.List;
import java.util.Map;

/** What a URL points at. */
public sealed interface ConnectionTarget {
    /** Servers of one cluster, any of which will do. */
    record Hosts(List<HostPort> hosts) implements ConnectionTarget {
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * A node in this process.
     *
     * @param settings the node's configuration: the URL's keys that begin with {@code node.}, without that
     */
    record Embedded(EmbeddedTarget target, Map<String, String> settings) implements ConnectionTarget {
        public Embedded {
            settings = Map.copyOf(settings);
        }
    }
}
