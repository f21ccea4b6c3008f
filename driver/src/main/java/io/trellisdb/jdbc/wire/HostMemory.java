package io.trellisdb.jdbc.wire;

import io.trellisdb.jdbc.url.HostPort;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which hosts failed lately; shared by all connections of a driver or data source, so any thread may call. */
public final class HostMemory {
    /** How long a host that failed is tried last. */
    private static final long DENIAL_NANOS = 5_000_000_000L;
    /** Beyond this many the memory starts afresh: it only orders attempts. */
    private static final int MAX_HOSTS = 1_024;

    private final Map<HostPort, Long> failedAtNanos = new ConcurrentHashMap<>();

    void deny(HostPort host) {
        if (failedAtNanos.size() >= MAX_HOSTS) {
            failedAtNanos.clear();
        }
        failedAtNanos.put(host, System.nanoTime());
    }

    void allow(HostPort host) {
        failedAtNanos.remove(host);
    }

    boolean isDenied(HostPort host) {
        Long failedAt = failedAtNanos.get(host);
        return failedAt != null && System.nanoTime() - failedAt < DENIAL_NANOS;
    }
}
