package io.trellisdb.coordination;

import java.time.Instant;
import java.util.Map;

/**
 * The master as this node knows it; perhaps outdated, but its epoch says how much.
 *
 * @param services where the master serves what, by name
 */
public record LeaderInfo(Epoch epoch, HostPort coordination, Map<String, HostPort> services, Instant since) {
    public LeaderInfo {
        services = Map.copyOf(services);
    }
}
