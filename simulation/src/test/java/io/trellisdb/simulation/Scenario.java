package io.trellisdb.simulation;

import io.trellisdb.replication.role.GroupSettings;
import java.util.SplittableRandom;

/**
 * The cluster of one run, drawn from its seed: sizes, modes, and which faults it meets how often. Limits are tiny, so that rare
 * paths become common.
 */
record Scenario(
        int nodes,
        int replicas,
        boolean isBuffered,
        GroupSettings settings,
        int clients,
        double loss,
        double repetition,
        double longTail,
        double cutsPerSecond,
        double crashesPerSecond,
        double pausesPerSecond,
        double masterChangesPerSecond,
        double movesPerSecond,
        double replacementsPerSecond,
        boolean drifts) {
    static final long LEASE = 2 * World.SECOND;
    static final long LEASE_MARGIN = 100 * World.MILLI;
    static final double DRIFT_MAX = 0.01;
    static final long MASTER_LEASE = World.SECOND;
    static final long MASTER_TICK = 100 * World.MILLI;
    static final long DEAD_AFTER = World.SECOND;
    static final long HEARTBEAT = 300 * World.MILLI;
    static final long NODE_TICK = 50 * World.MILLI;
    static final long MOVE_TIMEOUT = 2 * World.SECOND;
    static final long STALENESS = World.SECOND;

    static Scenario of(SplittableRandom random, Mutation mutation) {
        int nodes = 3 + random.nextInt(2);
        int replicas = 2 + random.nextInt(2);
        GroupSettings.Mode mode = mutation.needsAsync() || random.nextInt(8) == 0
                ? GroupSettings.Mode.ASYNC
                : GroupSettings.Mode.SEMI_SYNC;
        if (!mutation.needsAsync() && mutation != Mutation.NONE) {
            mode = GroupSettings.Mode.SEMI_SYNC;
        }
        GroupSettings settings = new GroupSettings(
                mode,
                1 + random.nextInt(Math.max(1, replicas - 1)),
                400 * World.MILLI + random.nextLong(2 * World.SECOND),
                400 * World.MILLI + random.nextLong(2 * World.SECOND),
                200 * World.MILLI,
                1 + random.nextInt(6),
                5 + random.nextInt(40),
                1 + random.nextInt(5),
                random.nextInt(8),
                8 + random.nextInt(30));
        boolean isBuffered = mutation.needsBuffered() || (mutation == Mutation.NONE && random.nextInt(5) == 0);
        return new Scenario(
                nodes,
                replicas,
                isBuffered,
                settings,
                2 + random.nextInt(7),
                sometimes(random, mutation, 0.1),
                sometimes(random, mutation, 0.2),
                sometimes(random, mutation, 0.1),
                sometimes(random, mutation, 0.6),
                sometimes(random, mutation, 0.4),
                sometimes(random, mutation, 0.3),
                sometimes(random, mutation, 0.15),
                sometimes(random, mutation, 0.4),
                sometimes(random, mutation, 0.2),
                random.nextBoolean());
    }

    /** Each fault is absent from some runs, so that others are seen without it; to find a broken rule, all are wanted. */
    private static double sometimes(SplittableRandom random, Mutation mutation, double max) {
        double share = random.nextDouble();
        boolean isAbsent = random.nextInt(3) == 0;
        if (mutation != Mutation.NONE) {
            return (0.3 + 0.7 * share) * max;
        }
        return isAbsent ? 0 : share * max;
    }

    double drift(SplittableRandom random) {
        return drifts ? (random.nextDouble() - 0.5) * DRIFT_MAX : 0;
    }

    boolean isAsync() {
        return settings.mode() == GroupSettings.Mode.ASYNC;
    }
}
