package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.ContainerDescriptor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Shares the versions of containers between a node's partitions, of which each may hold every container. */
public final class RowVersions {
    private final ConcurrentMap<Id, RowVersion> versions = new ConcurrentHashMap<>();

    private record Id(long containerId, int version) {}

    RowVersion share(ContainerDescriptor descriptor) {
        return versions.computeIfAbsent(
                new Id(descriptor.id(), descriptor.version()), id -> new RowVersion(descriptor));
    }

    /** The container is gone from a partition; others that still have it keep what they hold. */
    void forget(long containerId, int lastVersion) {
        for (int version = 1; version <= lastVersion; version++) {
            versions.remove(new Id(containerId, version));
        }
    }
}
