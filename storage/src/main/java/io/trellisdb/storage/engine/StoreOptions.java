package io.trellisdb.storage.engine;

import io.trellisdb.storage.Journal;
import java.nio.file.Path;

/**
 * How a node's store is kept.
 *
 * @param directory all its files are below it; created if need be
 * @param partitionCount fixed for the life of the directory
 * @param level when entries may be acknowledged
 * @param cacheBytes heap for rows and indexes
 * @param segmentBytes size of the journal's files
 * @param maxPendingBytes appended but unwritten bytes beyond which statements are refused
 * @param minFreeBytes free disk space below which statements are refused; the store itself stops at a quarter of it
 * @param maxWindowBytes heap for rows of time series that are in no block yet; beyond it windows are sealed
 * @param maxReplayBytes bytes of the journal that an opening may have to read again for the sake of such rows, about; rows
 *     that are older are sealed
 * @param isForced opens in spite of damage and gives up what is damaged
 */
public record StoreOptions(
        Path directory,
        int partitionCount,
        Journal.Level level,
        long cacheBytes,
        long segmentBytes,
        long maxPendingBytes,
        long minFreeBytes,
        long maxWindowBytes,
        long maxReplayBytes,
        boolean isForced) {
    public static final long DEFAULT_CACHE_BYTES = 64L * 1024 * 1024;
    public static final long DEFAULT_SEGMENT_BYTES = 64L * 1024 * 1024;
    public static final long DEFAULT_MAX_PENDING_BYTES = 64L * 1024 * 1024;
    public static final long DEFAULT_MIN_FREE_BYTES = 1024L * 1024 * 1024;
    public static final long DEFAULT_MAX_WINDOW_BYTES = 128L * 1024 * 1024;
    public static final long DEFAULT_MAX_REPLAY_BYTES = 256L * 1024 * 1024;

    public StoreOptions {
        if (partitionCount < 1 || cacheBytes < 1 || minFreeBytes < 0 || maxWindowBytes < 0 || maxReplayBytes < 0) {
            throw new IllegalArgumentException("store options are out of range: " + partitionCount + ", " + cacheBytes
                    + ", " + minFreeBytes + ", " + maxWindowBytes + ", " + maxReplayBytes);
        }
    }

    /** The defaults: FLUSH, safe against damage. */
    public static StoreOptions of(Path directory, int partitionCount) {
        return new StoreOptions(
                directory,
                partitionCount,
                Journal.Level.FLUSH,
                DEFAULT_CACHE_BYTES,
                DEFAULT_SEGMENT_BYTES,
                DEFAULT_MAX_PENDING_BYTES,
                DEFAULT_MIN_FREE_BYTES,
                DEFAULT_MAX_WINDOW_BYTES,
                DEFAULT_MAX_REPLAY_BYTES,
                false);
    }

    public StoreOptions withLevel(Journal.Level newLevel) {
        return new StoreOptions(
                directory,
                partitionCount,
                newLevel,
                cacheBytes,
                segmentBytes,
                maxPendingBytes,
                minFreeBytes,
                maxWindowBytes,
                maxReplayBytes,
                isForced);
    }

    public StoreOptions withCacheBytes(long bytes) {
        return new StoreOptions(
                directory,
                partitionCount,
                level,
                bytes,
                segmentBytes,
                maxPendingBytes,
                minFreeBytes,
                maxWindowBytes,
                maxReplayBytes,
                isForced);
    }

    public StoreOptions withSegmentBytes(long bytes) {
        return new StoreOptions(
                directory,
                partitionCount,
                level,
                cacheBytes,
                bytes,
                maxPendingBytes,
                minFreeBytes,
                maxWindowBytes,
                maxReplayBytes,
                isForced);
    }

    public StoreOptions withMinFreeBytes(long bytes) {
        return new StoreOptions(
                directory,
                partitionCount,
                level,
                cacheBytes,
                segmentBytes,
                maxPendingBytes,
                bytes,
                maxWindowBytes,
                maxReplayBytes,
                isForced);
    }

    public StoreOptions withMaxWindowBytes(long bytes) {
        return new StoreOptions(
                directory,
                partitionCount,
                level,
                cacheBytes,
                segmentBytes,
                maxPendingBytes,
                minFreeBytes,
                bytes,
                maxReplayBytes,
                isForced);
    }

    public StoreOptions withMaxReplayBytes(long bytes) {
        return new StoreOptions(
                directory,
                partitionCount,
                level,
                cacheBytes,
                segmentBytes,
                maxPendingBytes,
                minFreeBytes,
                maxWindowBytes,
                bytes,
                isForced);
    }

    /** Opens in spite of damage; what is given up is logged. */
    public StoreOptions forced() {
        return new StoreOptions(
                directory,
                partitionCount,
                level,
                cacheBytes,
                segmentBytes,
                maxPendingBytes,
                minFreeBytes,
                maxWindowBytes,
                maxReplayBytes,
                true);
    }
}
