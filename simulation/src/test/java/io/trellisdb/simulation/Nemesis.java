package io.trellisdb.simulation;

import io.trellisdb.replication.role.ReplicaId;
import java.util.SplittableRandom;

/** Hurts the cluster as its scenario says, until it is told to let it heal. */
final class Nemesis {
    private static final long STEP = 100 * World.MILLI;

    private final Cluster cluster;
    private final SplittableRandom random;
    private boolean isActive = true;

    Nemesis(Cluster cluster) {
        this.cluster = cluster;
        this.random = cluster.world.nemesis;
    }

    void begin() {
        Scenario scenario = cluster.scenario;
        cluster.network.loss = scenario.loss();
        cluster.network.repetition = scenario.repetition();
        cluster.network.longTail = scenario.longTail();
        cluster.world.after(STEP, this::act);
    }

    /** Everything works from now on; nodes that are down come back. */
    void heal() {
        isActive = false;
        cluster.network.calm();
        cluster.master().cutFromRegister = false;
        for (SimulatedNode node : cluster.allNodes()) {
            if (!node.isUp()) {
                node.start();
            }
        }
    }

    private boolean happens(double perSecond) {
        return World.chance(random, perSecond * STEP / World.SECOND);
    }

    private SimulatedNode anyNode() {
        ReplicaId owner = cluster.register.row().ownerReplica();
        // Owners are where it hurts.
        boolean takesOwner = owner != null && random.nextInt(3) == 0;
        return takesOwner ? cluster.node(owner.node()) : cluster.node(1 + random.nextInt(cluster.nodes()));
    }

    private void act() {
        if (!isActive) {
            return;
        }
        Scenario scenario = cluster.scenario;
        if (happens(scenario.crashesPerSecond())) {
            crash(anyNode());
        }
        if (happens(scenario.cutsPerSecond())) {
            cut();
        }
        if (happens(scenario.pausesPerSecond())) {
            anyNode().pause(random.nextLong(6 * World.SECOND));
        }
        if (happens(scenario.masterChangesPerSecond())) {
            replaceMaster();
        }
        if (happens(scenario.movesPerSecond())) {
            cluster.master().move();
        }
        if (happens(scenario.replacementsPerSecond())) {
            cluster.replaceSomebody();
        }
        cluster.world.after(STEP, this::act);
    }

    private void crash(SimulatedNode node) {
        if (!node.isUp()) {
            return;
        }
        boolean others = true;
        for (ReplicaId each : cluster.register.row().inSync()) {
            boolean isOther = each.node() != node.id;
            others &= !isOther || cluster.node(each.node()).replica() != null;
        }
        boolean isSole = cluster.register.row().inSync().size() < 2;
        if (cluster.scenario.isBuffered() && !others) {
            // Acknowledged and not flushed on all copies at once: a loss that nobody promises to prevent.
            return;
        }
        boolean losesPower = !(cluster.scenario.isBuffered() && isSole);
        if (random.nextInt(6) == 0) {
            node.stopCleanly();
        } else {
            node.crash(losesPower);
        }
        long away = random.nextInt(3) == 0 ? 50 * World.MILLI : random.nextLong(8 * World.SECOND);
        cluster.world.after(away, () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    /** Perhaps the old master stays unaware, and a node hears of the old one only. */
    private void replaceMaster() {
        boolean staysUnaware = random.nextBoolean();
        int victim = anyNode().id;
        boolean isolates = staysUnaware && random.nextBoolean();
        int address = cluster.register.nextAddress();
        if (isolates) {
            cut(true, true, victim, address);
        }
        cluster.replaceMaster(staysUnaware);
        if (isolates && random.nextBoolean()) {
            for (SimulatedNode other : cluster.allNodes()) {
                if (other.id != victim) {
                    cut(true, true, victim, other.id);
                }
            }
        }
    }

    private void cut() {
        int victim = anyNode().id;
        int master = cluster.master().address();
        boolean incoming = random.nextInt(4) != 0;
        boolean outgoing = random.nextInt(4) != 0;
        boolean fromMaster = random.nextBoolean();
        for (SimulatedNode other : cluster.allNodes()) {
            if (other.id != victim && random.nextInt(3) != 0) {
                cut(incoming, outgoing, victim, other.id);
            }
        }
        if (fromMaster) {
            cut(incoming, outgoing, victim, master);
        }
        cluster.world.after(random.nextLong(6 * World.SECOND), () -> {
            if (random.nextInt(2) == 0) {
                cluster.network.mendAll();
            }
        });
    }

    private void cut(boolean incoming, boolean outgoing, int victim, int other) {
        if (incoming) {
            cluster.network.cut(other, victim);
        }
        if (outgoing) {
            cluster.network.cut(victim, other);
        }
    }
}
