package io.trellisdb.simulation;

import io.trellisdb.common.token.Token;
import io.trellisdb.replication.role.ReplicaId;
import io.trellisdb.simulation.Coverage.Sometimes;
import io.trellisdb.simulation.SimulatedNode.Answer;

/** Writes values under tokens, again until it is told the outcome or its time is up, and reads. */
final class Client {
    private static final int KEYS = 4;
    private static final long STATEMENT_TIMEOUT = 8 * World.SECOND;
    private static final long ANSWER_TIMEOUT = World.SECOND / 2;

    private final Cluster cluster;
    private final int number;
    private final int address;
    private int target;
    private long sequence;
    private long attempt;
    private long sinceNanos;
    private boolean isWaiting;
    private boolean isStopped;

    Client(Cluster cluster, int number) {
        this.cluster = cluster;
        this.number = number;
        this.address = 1_000 + number;
        this.target = 1;
    }

    void next() {
        if (isStopped) {
            return;
        }
        if (cluster.world.workload.nextInt(3) == 0) {
            read();
            cluster.world.after(pause(), this::next);
        } else {
            sequence++;
            sinceNanos = cluster.world.now();
            isWaiting = true;
            attempt();
        }
    }

    /** No new statements; the one under way is still seen through. */
    void stop() {
        isStopped = true;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    private long pause() {
        return cluster.world.workload.nextLong(150 * World.MILLI);
    }

    private void attempt() {
        attempt++;
        long thisAttempt = attempt;
        SimulatedNode node = cluster.node(target);
        Token token = new Token(number + 1, sequence, sequence);
        long key = 1 + sequence % KEYS;
        long value = number * 1_000_000L + sequence;
        cluster.network.send(
                address,
                target,
                () -> node.write(
                        token,
                        key,
                        value,
                        answer -> cluster.network.send(node.id, address, () -> answered(thisAttempt, answer))));
        cluster.world.after(ANSWER_TIMEOUT, () -> answered(thisAttempt, Answer.UNKNOWN));
    }

    private void answered(long toAttempt, Answer answer) {
        if (toAttempt != attempt || !isWaiting) {
            return;
        }
        cluster.world.note(answer.name().hashCode());
        boolean isOver = cluster.world.now() - sinceNanos > STATEMENT_TIMEOUT;
        if (answer == Answer.DONE || isOver) {
            if (answer == Answer.UNKNOWN) {
                cluster.coverage.saw(Sometimes.STATEMENT_UNKNOWN);
            }
            isWaiting = false;
            cluster.world.after(pause(), this::next);
            return;
        }
        attempt++;
        target = likelyOwner();
        cluster.world.after(20 * World.MILLI + pause() / 4, this::attempt);
    }

    private int likelyOwner() {
        ReplicaId owner = cluster.register.row().ownerReplica();
        boolean guesses = owner == null || cluster.world.workload.nextInt(4) == 0;
        return guesses ? 1 + cluster.world.workload.nextInt(cluster.nodes()) : owner.node();
    }

    /** Reads anywhere: whoever believes to be the owner answers. */
    private void read() {
        SimulatedNode node = cluster.node(1 + cluster.world.workload.nextInt(cluster.nodes()));
        Invariants.Read read = cluster.invariants.beginRead();
        cluster.network.send(address, node.id, () -> node.read(read));
        cluster.network.send(address, node.id, node::readFromBackup);
    }
}
