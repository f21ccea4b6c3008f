package io.trellisdb.coordination;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.vfs.Vfs;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a provider may use of the node it runs in.
 *
 * @param directory where the node keeps its metadata, or null for a node that keeps nothing beyond its process
 * @param address where other nodes reach this one's coordination
 * @param services where this node serves what, by name
 * @param ids makes new random ids
 * @param listeners runs listeners, never on the calling thread; one thread or many, the provider keeps the order
 */
public record CoordinationEnvironment(
        @Nullable Vfs directory,
        HostPort address,
        Map<String, HostPort> services,
        NanoClock nanoClock,
        WallClock wallClock,
        Supplier<UUID> ids,
        Executor listeners) {
    public CoordinationEnvironment {
        services = Map.copyOf(services);
    }
}
