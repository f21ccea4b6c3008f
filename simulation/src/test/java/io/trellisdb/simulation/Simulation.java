package io.trellisdb.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: some time of trouble, then peace, in which the cluster must find back by itself. */
final class Simulation {
    private static final long TROUBLE = 30 * World.SECOND;
    private static final long PEACE = 20 * World.SECOND;
    private static final long QUIET = 5 * World.SECOND;

    private final Cluster cluster;
    private final List<Client> clients = new ArrayList<>();
    private long events;

    /**
     * What became of a run.
     *
     * @param hash of all events and their facts
     * @param violation null when all invariants held
     */
    record Outcome(
            long hash,
            long events,
            Coverage coverage,
            @Nullable Violation violation) {}

    private Simulation(long seed, Mutation mutation) {
        this.cluster = new Cluster(seed, mutation);
    }

    /** Runs a seed; equal seeds have equal outcomes. */
    static Outcome run(long seed, Mutation mutation) {
        Simulation simulation = new Simulation(seed, mutation);
        Violation violation = null;
        try {
            simulation.live();
        } catch (Violation e) {
            violation = e;
        }
        return new Outcome(simulation.cluster.world.hash(), simulation.events, simulation.cluster.coverage, violation);
    }

    private void live() {
        cluster.start();
        for (int number = 0; number < cluster.scenario.clients(); number++) {
            Client client = new Client(cluster, number);
            clients.add(client);
            cluster.world.after(World.SECOND, client::next);
        }
        Nemesis nemesis = new Nemesis(cluster);
        cluster.world.after(2 * World.SECOND, nemesis::begin);
        runUntil(TROUBLE);
        nemesis.heal();
        runUntil(TROUBLE + PEACE);
        clients.forEach(Client::stop);
        runUntil(TROUBLE + PEACE + QUIET);
        for (Client client : clients) {
            if (client.isWaiting()) {
                throw new Violation("L6 statement without an answer");
            }
        }
        cluster.invariants.checkHealed();
    }

    private void runUntil(long end) {
        while (cluster.world.step(end)) {
            events++;
            cluster.invariants.check();
        }
    }
}
