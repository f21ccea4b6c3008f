package io.trellisdb.replication.role;

/**
 * How a replica group works, equal on all its members. Times in nanoseconds, lengths in entries.
 *
 * @param minInSync committed members below which an owner refuses writes
 * @param replicaTimeoutNanos silence after which an owner asks for a backup's removal
 * @param syncTimeoutNanos the same while it has not begun to serve
 * @param resendNanos silence after which a message is sent again
 * @param batchEntries in one message
 * @param windowEntries appended and not applied, beyond which writes are refused
 * @param promoteGap distance to the owner's end within which a copy is admitted
 * @param retainEntries kept behind the store's durable position for copies that fall behind
 * @param retainMax kept at most for copies that are not in sync
 */
public record GroupSettings(
        Mode mode,
        int minInSync,
        long replicaTimeoutNanos,
        long syncTimeoutNanos,
        long resendNanos,
        int batchEntries,
        int windowEntries,
        int promoteGap,
        int retainEntries,
        int retainMax) {
    /** When a write is answered. */
    public enum Mode {
        /** When every in-sync copy has it. */
        SEMI_SYNC,
        /** When the owner has it; a failover may lose it. */
        ASYNC
    }

    private static final long SECOND = 1_000_000_000L;

    public GroupSettings {
        if (minInSync < 1 || batchEntries < 1 || windowEntries < 1 || promoteGap < 0 || retainEntries < 0) {
            throw new IllegalArgumentException("settings out of range: minInSync " + minInSync + ", batch "
                    + batchEntries + ", window " + windowEntries + ", promote gap " + promoteGap);
        }
        if (replicaTimeoutNanos <= 0 || syncTimeoutNanos <= 0 || resendNanos <= 0 || retainMax < retainEntries) {
            throw new IllegalArgumentException("settings out of range: replica timeout " + replicaTimeoutNanos
                    + ", sync timeout " + syncTimeoutNanos + ", resend " + resendNanos + ", retain " + retainMax);
        }
    }

    /** The defaults of a cluster with so many copies of a partition. */
    public static GroupSettings defaults(int replicas) {
        return new GroupSettings(
                Mode.SEMI_SYNC,
                Math.max(1, replicas - 1),
                10 * SECOND,
                30 * SECOND,
                SECOND / 4,
                1_000,
                100_000,
                256,
                10_000,
                10_000_000);
    }
}
