package io.trellisdb.server.node;

import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.config.ServerSettings;

/**
 * How the heap is divided: each share is a bound of its own, and together they leave room for the rest.
 *
 * @param heapBytes the most that the JVM takes
 * @param cacheBytes rows and indexes
 * @param windowBytes rows of time series that are in no block yet
 * @param queryPoolBytes buffers of all statements
 * @param statementBytes buffers of one statement
 * @param receiveBytes requests that are arriving or waiting
 * @param sendBytes answers that wait for their clients; outside the heap, but bounded by it too
 * @param transactionBytes rows that one statement changes
 */
record MemoryShares(
        long heapBytes,
        long cacheBytes,
        long windowBytes,
        long queryPoolBytes,
        long statementBytes,
        long receiveBytes,
        long sendBytes,
        long transactionBytes) {
    private static final long MIB = 1 << 20;
    /** The smallest cache with which the store works well enough. */
    private static final long MIN_CACHE = 16 * MIB;

    private static final long MIN_WINDOWS = 4 * MIB;
    private static final long MAX_TRANSACTION = 256 * MIB;

    static MemoryShares of(ServerConfig config, long heapBytes) {
        return new MemoryShares(
                heapBytes,
                orShare(config.get(ServerSettings.STORAGE_CACHE), Math.max(MIN_CACHE, heapBytes / 4)),
                orShare(config.get(ServerSettings.STORAGE_WINDOWS), Math.max(MIN_WINDOWS, heapBytes / 16)),
                orShare(config.get(ServerSettings.QUERY_MEMORY_POOL), heapBytes / 4),
                orShare(config.get(ServerSettings.QUERY_MEMORY_LIMIT), heapBytes / 8),
                Math.max(FrameCodec.MAX_AFTER_LOGIN, heapBytes / 16),
                Math.max(FrameCodec.MAX_AFTER_LOGIN, heapBytes / 8),
                Math.min(MAX_TRANSACTION, heapBytes / 8));
    }

    private static long orShare(long configured, long share) {
        return configured == 0 ? share : configured;
    }

    /** One line for the start's log. */
    String describe() {
        return "heap " + mib(heapBytes) + ": cache of rows and indexes " + mib(cacheBytes) + ", windows of time series "
                + mib(windowBytes) + ", statements together " + mib(queryPoolBytes) + " and one of them "
                + mib(statementBytes) + ", requests "
                + mib(receiveBytes) + ", answers " + mib(sendBytes);
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
