package io.trellisdb.replication;

import java.time.Duration;

/**
 * The bounds of a node's owners.
 *
 * @param writers writer threads
 * @param maxPartsPerWriter statement parts that may be under way on one writer, waiting ones included; more are refused
 * @param lockTimeout how long a statement waits for one lock
 * @param rowIdBlock hidden row ids that are reserved together
 * @param maxRowLocks row locks of one statement in one partition, above which it locks the container instead
 * @param maxStatementBytes the largest statement's operations in one partition
 * @param maxGroupBytes about how much of independent statements is appended as one group
 * @param backfillRows rows of an index build's step between two rounds
 * @param maxSessions sessions whose latest tokens are remembered in memory; others are looked up in the store
 * @param drainTimeout how long stopping waits for statements under way
 */
public record OwnerSettings(
        int writers,
        int maxPartsPerWriter,
        Duration lockTimeout,
        int rowIdBlock,
        int maxRowLocks,
        long maxStatementBytes,
        long maxGroupBytes,
        int backfillRows,
        int maxSessions,
        Duration drainTimeout) {
    public OwnerSettings {
        if (writers < 1 || maxPartsPerWriter < 1 || rowIdBlock < 1 || maxRowLocks < 1 || backfillRows < 1) {
            throw new IllegalArgumentException("bounds of owners must be positive");
        }
        if (maxStatementBytes < 1 || maxGroupBytes < 1 || maxSessions < 1) {
            throw new IllegalArgumentException("sizes of owners must be positive");
        }
    }

    public static OwnerSettings defaults(int writers) {
        return new OwnerSettings(
                writers,
                10_000,
                Duration.ofSeconds(10),
                1_000,
                10_000,
                256L << 20,
                4L << 20,
                256,
                100_000,
                Duration.ofSeconds(30));
    }

    public OwnerSettings withMaxPartsPerWriter(int value) {
        return new OwnerSettings(
                writers,
                value,
                lockTimeout,
                rowIdBlock,
                maxRowLocks,
                maxStatementBytes,
                maxGroupBytes,
                backfillRows,
                maxSessions,
                drainTimeout);
    }

    public OwnerSettings withLockTimeout(Duration value) {
        return new OwnerSettings(
                writers,
                maxPartsPerWriter,
                value,
                rowIdBlock,
                maxRowLocks,
                maxStatementBytes,
                maxGroupBytes,
                backfillRows,
                maxSessions,
                drainTimeout);
    }

    public OwnerSettings withMaxRowLocks(int value) {
        return new OwnerSettings(
                writers,
                maxPartsPerWriter,
                lockTimeout,
                rowIdBlock,
                value,
                maxStatementBytes,
                maxGroupBytes,
                backfillRows,
                maxSessions,
                drainTimeout);
    }

    public OwnerSettings withDrainTimeout(Duration value) {
        return new OwnerSettings(
                writers,
                maxPartsPerWriter,
                lockTimeout,
                rowIdBlock,
                maxRowLocks,
                maxStatementBytes,
                maxGroupBytes,
                backfillRows,
                maxSessions,
                value);
    }
}
