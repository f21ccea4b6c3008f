package io.trellisdb.simulation;

import io.trellisdb.replication.role.ReplicaId;
import io.trellisdb.simulation.Coverage.Sometimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** All that a run consists of. */
final class Cluster {
    static final int PARTITION = 3;

    final World world;
    final Scenario scenario;
    final Mutation mutation;
    final Network network;
    final MetadataRegister register;
    final Invariants invariants;
    final Coverage coverage = new Coverage();
    final Map<Long, Store> imagesOnTheWay = new HashMap<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private SimulatedMaster master;
    private boolean wantsReplacement;

    Cluster(long seed, Mutation mutation) {
        SplittableRandom random = new SplittableRandom(seed);
        this.mutation = mutation;
        this.scenario = Scenario.of(random.split(), mutation);
        this.world = new World(random);
        this.network = new Network(world);
        List<ReplicaId> inSync = new ArrayList<>();
        for (int node = 1; node <= scenario.replicas(); node++) {
            inSync.add(new ReplicaId(node, 1));
        }
        this.register = new MetadataRegister(scenario.nodes(), inSync);
        this.invariants = new Invariants(this);
        for (int id = 1; id <= scenario.nodes(); id++) {
            nodes.add(new SimulatedNode(this, id));
        }
        this.master = new SimulatedMaster(this, register.begin());
    }

    void start() {
        nodes.forEach(SimulatedNode::start);
        master.tick();
    }

    int nodes() {
        return nodes.size();
    }

    SimulatedNode node(int id) {
        return nodes.get(id - 1);
    }

    List<SimulatedNode> allNodes() {
        return nodes;
    }

    SimulatedMaster master() {
        return master;
    }

    boolean mutates(Mutation which) {
        return mutation == which;
    }

    /** Another process becomes master; the old one hears of it when it can reach the register. */
    void replaceMaster(boolean oldStaysUnaware) {
        coverage.saw(Sometimes.MASTER_REPLACED);
        master.cutFromRegister = oldStaysUnaware;
        master = new SimulatedMaster(this, register.begin());
        master.tick();
    }

    boolean wantsReplacement() {
        return wantsReplacement;
    }

    /** One member more than needed is filled; then a surplus one goes. */
    void replaceSomebody() {
        wantsReplacement = true;
    }

    void replacementBegun() {
        wantsReplacement = false;
    }
}
