package io.trellisdb.simulation;

import java.util.HashSet;
import java.util.Set;

/** Loses, repeats, delays and reorders, and is cut per direction. Addresses: nodes from 1, masters above 100. */
final class Network {
    private final World world;
    private final Set<Link> cuts = new HashSet<>();
    double loss;
    double repetition;
    double longTail;
    long typicalNanos = World.MILLI;
    long tailNanos = 2 * World.SECOND;

    private record Link(int from, int to) {}

    Network(World world) {
        this.world = world;
    }

    void send(int from, int to, Runnable arrival) {
        if (cuts.contains(new Link(from, to)) || World.chance(world.network, loss)) {
            return;
        }
        int copies = World.chance(world.network, repetition) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            world.after(delay(), () -> {
                // A message on its way when the link is cut is lost, unless it was delayed on the other side of the
                // cut.
                if (!cuts.contains(new Link(from, to)) || World.chance(world.network, 0.1)) {
                    arrival.run();
                }
            });
        }
    }

    private long delay() {
        long usual = typicalNanos / 2 + world.network.nextLong(typicalNanos);
        return World.chance(world.network, longTail) ? usual + world.network.nextLong(tailNanos) : usual;
    }

    void cut(int from, int to) {
        cuts.add(new Link(from, to));
    }

    boolean isCut(int from, int to) {
        return cuts.contains(new Link(from, to));
    }

    void mendAll() {
        cuts.clear();
    }

    void calm() {
        mendAll();
        loss = 0;
        repetition = 0;
        longTail = 0;
    }
}
