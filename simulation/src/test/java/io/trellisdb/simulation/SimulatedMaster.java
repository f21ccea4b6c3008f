package io.trellisdb.simulation;

import io.trellisdb.replication.role.Configuration;
import io.trellisdb.replication.role.MasterRequest;
import io.trellisdb.replication.role.Position;
import io.trellisdb.replication.role.Replica.RoleName;
import io.trellisdb.replication.role.ReplicaId;
import io.trellisdb.simulation.Coverage.Sometimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One reign: decides who owns, grants leases, answers requests. It may be replaced without knowing. */
final class SimulatedMaster {
    static final int FIRST_ADDRESS = 100;

    private final Cluster cluster;
    private final MetadataRegister register;
    private final long epoch;
    private final int address;
    private final double drift;
    private final long beganNanos;
    private final Map<Integer, View> views = new TreeMap<>();
    private Configuration known;
    private long renewedNanos;
    private long moveSinceNanos;
    private boolean stopped;
    boolean cutFromRegister;

    private static final class View {
        @Nullable
        Heartbeat last;

        long heardNanos;
        long leaseEndNanos;
        long relinquishedTerm;
    }

    SimulatedMaster(Cluster cluster, long epoch) {
        this.cluster = cluster;
        this.register = cluster.register;
        this.epoch = epoch;
        this.address = FIRST_ADDRESS + (int) epoch;
        this.drift = cluster.scenario.drift(cluster.world.master);
        this.beganNanos = localNow();
        this.renewedNanos = beganNanos;
        this.known = register.row();
    }

    long epoch() {
        return epoch;
    }

    int address() {
        return address;
    }

    private long localNow() {
        long now = cluster.world.now();
        return now + (long) (now * drift);
    }

    void tick() {
        if (stopped) {
            return;
        }
        if (!cutFromRegister) {
            if (register.epoch() != epoch) {
                stopped = !cluster.mutates(Mutation.STALE_MASTER_GRANTS_LEASES);
            } else {
                renewedNanos = localNow();
                known = register.row();
            }
        }
        for (int node = 1; node <= cluster.nodes(); node++) {
            SimulatedNode each = cluster.node(node);
            cluster.network.send(address, node, () -> each.masterIs(epoch, this));
        }
        if (canCommit()) {
            duties();
        }
        cluster.world.after(Scenario.MASTER_TICK, this::tick);
    }

    private boolean canCommit() {
        return !stopped && !cutFromRegister && register.epoch() == epoch;
    }

    private boolean holdsLease() {
        return localNow() - renewedNanos < Scenario.MASTER_LEASE
                || cluster.mutates(Mutation.STALE_MASTER_GRANTS_LEASES);
    }

    void heartbeat(Heartbeat heartbeat) {
        if (stopped) {
            return;
        }
        View view = view(heartbeat.node());
        Heartbeat last = view.last;
        boolean isOld = last != null
                && (heartbeat.process() < last.process()
                        || (heartbeat.process() == last.process() && heartbeat.sequence() <= last.sequence()));
        if (isOld) {
            return;
        }
        view.last = heartbeat;
        view.heardNanos = localNow();
        if (register.epoch() != epoch) {
            cluster.coverage.saw(Sometimes.STALE_MASTER_HEARD);
        }
        if (holdsLease()) {
            view.leaseEndNanos =
                    localNow() + (long) (Scenario.LEASE * (1 + Scenario.DRIFT_MAX)) + Scenario.LEASE_MARGIN;
            SimulatedNode node = cluster.node(heartbeat.node());
            Configuration table = known;
            cluster.network.send(
                    address,
                    heartbeat.node(),
                    () -> node.heartbeatAnswered(
                            epoch, this, table.revision(), heartbeat.process(), heartbeat.sentNanos()));
            if (heartbeat.revision() < table.revision() || heartbeat.sequence() % 4 == 0) {
                cluster.network.send(address, heartbeat.node(), () -> node.published(table));
            }
        }
    }

    /** A node has started: which incarnation is its data? */
    void register(int node, int process, int lastIncarnation, boolean mayHaveLost) {
        if (!canCommit()) {
            return;
        }
        boolean isNew = register.isNewProcess(node, process);
        if (!register.isCurrentProcess(node, process)) {
            return;
        }
        ReplicaId old = new ReplicaId(node, register.incarnation(node));
        boolean isSole = register.row().inSync().equals(List.of(old));
        boolean keeps = !isNew
                || !mayHaveLost
                || isSole
                || lastIncarnation < register.incarnation(node)
                || cluster.mutates(Mutation.SAME_INCARNATION_AFTER_LOSS);
        if (!keeps) {
            renew(node, false);
        }
        int incarnation = register.incarnation(node);
        SimulatedNode each = cluster.node(node);
        cluster.network.send(address, node, () -> each.registered(process, incarnation));
    }

    /** Gives a node a new incarnation, under which it counts for nothing yet. */
    private void renew(int node, boolean catchesUp) {
        Configuration row = register.row();
        ReplicaId old = new ReplicaId(node, register.incarnation(node));
        List<ReplicaId> inSync = without(row.inSync(), old);
        if (inSync.isEmpty()) {
            return;
        }
        cluster.coverage.saw(Sometimes.NEW_INCARNATION);
        ReplicaId fresh = new ReplicaId(node, register.newIncarnation(node));
        List<ReplicaId> catchUp = without(row.catchUp(), old);
        if (catchesUp) {
            catchUp.add(fresh);
        }
        ReplicaId owner = old.equals(row.ownerReplica()) ? null : row.ownerReplica();
        commit(row.term(), owner, inSync, catchUp, null);
    }

    void asked(MasterRequest request) {
        if (!canCommit()) {
            return;
        }
        if (request instanceof MasterRequest.AlterInSync alter) {
            alter(alter);
        } else if (request instanceof MasterRequest.Relinquish relinquish) {
            if (relinquish.from().equals(register.row().ownerReplica())) {
                view(relinquish.from().node()).relinquishedTerm = relinquish.term();
            }
        } else if (request instanceof MasterRequest.NewIncarnation fresh) {
            boolean isCurrent = fresh.from().incarnation()
                    == register.incarnation(fresh.from().node());
            if (isCurrent && !fresh.from().equals(register.row().ownerReplica())) {
                renew(fresh.from().node(), true);
            }
        }
    }

    private void alter(MasterRequest.AlterInSync alter) {
        Configuration row = register.row();
        ReplicaId replica = alter.replica();
        boolean isCurrent = alter.term() == row.term()
                && (alter.expectVersion() == row.version() || cluster.mutates(Mutation.NO_COMPARE_AND_SET));
        boolean isRegistered = replica.incarnation() == register.incarnation(replica.node());
        if (!isCurrent || (!isRegistered && alter.change() == MasterRequest.Change.ADD)) {
            cluster.coverage.saw(Sometimes.ALTER_REFUSED);
            return;
        }
        List<ReplicaId> inSync = without(row.inSync(), replica);
        List<ReplicaId> catchUp = new ArrayList<>(row.catchUp());
        if (alter.change() == MasterRequest.Change.ADD) {
            boolean isKnown = catchUp.remove(replica);
            if (!isKnown && !cluster.mutates(Mutation.NO_COMPARE_AND_SET)) {
                return;
            }
            catchUp.removeIf(each -> each.node() == replica.node());
            inSync.removeIf(each -> each.node() == replica.node());
            inSync.add(replica);
            cluster.coverage.saw(Sometimes.MEMBER_ADMITTED);
        } else {
            cluster.coverage.saw(Sometimes.MEMBER_REMOVED);
        }
        if (!inSync.isEmpty() && (row.ownerReplica() == null || inSync.contains(row.ownerReplica()))) {
            commit(row.term(), row.ownerReplica(), inSync, catchUp, row.nextOwnerReplica());
        }
    }

    private static List<ReplicaId> without(List<ReplicaId> replicas, ReplicaId one) {
        List<ReplicaId> rest = new ArrayList<>(replicas);
        rest.remove(one);
        return rest;
    }

    private void commit(
            long term,
            @Nullable ReplicaId owner,
            List<ReplicaId> inSync,
            List<ReplicaId> catchUp,
            @Nullable ReplicaId nextOwner) {
        ReplicaId next = nextOwner != null && inSync.contains(nextOwner) ? nextOwner : null;
        if (register.commit(epoch, term, owner, inSync, catchUp, next)) {
            known = register.row();
            cluster.world.note(known.version());
            Configuration table = known;
            for (int node = 1; node <= cluster.nodes(); node++) {
                SimulatedNode each = cluster.node(node);
                cluster.network.send(address, node, () -> each.published(table));
            }
        }
    }

    private View view(int node) {
        return views.computeIfAbsent(node, each -> new View());
    }

    private boolean isAlive(int node) {
        View view = view(node);
        return view.last != null
                && view.last.epochSeen() == epoch
                && localNow() - view.heardNanos < Scenario.DEAD_AFTER;
    }

    /** Whether no process of the node can believe that it has a lease. */
    private boolean isLeaseOver(int node) {
        if (cluster.mutates(Mutation.NO_LEASE_WAIT)) {
            return true;
        }
        View view = view(node);
        Heartbeat last = view.last;
        if (last == null || last.epochSeen() != epoch) {
            long wait = (long) ((Scenario.MASTER_LEASE + Scenario.LEASE) * (1 + Scenario.DRIFT_MAX));
            return localNow() - beganNanos > wait + Scenario.LEASE_MARGIN;
        }
        return localNow() > view.leaseEndNanos;
    }

    private void duties() {
        if (needsOwner()) {
            appoint();
        }
        dropDead();
        assign();
        finishMove();
    }

    private boolean needsOwner() {
        Configuration row = register.row();
        ReplicaId owner = row.ownerReplica();
        if (owner == null) {
            return true;
        }
        View view = view(owner.node());
        if (view.relinquishedTerm == row.term()) {
            return true;
        }
        Heartbeat last = view.last;
        if (last == null || !isAlive(owner.node())) {
            return isLeaseOver(owner.node());
        }
        boolean isActive = last.role() == RoleName.SYNCING
                || last.role() == RoleName.OWNER
                || last.role() == RoleName.RETIRING
                || last.role() == RoleName.RELINQUISHED;
        boolean hasHeard = last.revision() >= row.revision();
        return last.incarnation() != owner.incarnation() || (hasHeard && !(isActive && last.term() == row.term()));
    }

    private void appoint() {
        Configuration row = register.row();
        ReplicaId next = choose(row);
        if (next == null) {
            return;
        }
        List<ReplicaId> inSync = new ArrayList<>(row.inSync());
        ReplicaId old = row.ownerReplica();
        if (next.equals(row.nextOwnerReplica())) {
            cluster.coverage.saw(Sometimes.HANDOVER);
        }
        if (old != null && !isAlive(old.node()) && !old.equals(next)) {
            inSync.remove(old);
        }
        List<ReplicaId> catchUp = without(row.catchUp(), next);
        if (!inSync.contains(next)) {
            inSync.removeIf(each -> each.node() == next.node());
            inSync.add(next);
        }
        commit(row.term() + 1, next, inSync, catchUp, null);
    }

    private @Nullable ReplicaId choose(Configuration row) {
        List<ReplicaId> candidates = new ArrayList<>();
        for (int node = 1; node <= cluster.nodes(); node++) {
            ReplicaId id = new ReplicaId(node, register.incarnation(node));
            boolean anybody = cluster.mutates(Mutation.OWNER_FROM_OUTSIDE) || cluster.mutates(Mutation.OWNER_BY_LENGTH);
            if (isAlive(node) && isUsable(id) && (anybody || row.inSync().contains(id))) {
                candidates.add(id);
            }
        }
        Comparator<ReplicaId> order = cluster.mutates(Mutation.OWNER_BY_LENGTH)
                ? Comparator.comparing(id -> last(id).lsn())
                : cluster.mutates(Mutation.OWNER_FROM_OUTSIDE)
                        ? Comparator.comparing(id -> !row.inSync().contains(id))
                        : Comparator.comparing(this::last);
        ReplicaId wanted = row.nextOwnerReplica();
        if (wanted != null && candidates.contains(wanted)) {
            return wanted;
        }
        return candidates.stream().max(order).orElse(null);
    }

    private boolean isUsable(ReplicaId id) {
        Heartbeat last = view(id.node()).last;
        return last != null
                && last.incarnation() == id.incarnation()
                && last.role() != RoleName.DISCARDED
                && last.role() != RoleName.HALTED;
    }

    private Position last(ReplicaId id) {
        Heartbeat last = view(id.node()).last;
        return last == null ? Position.START : last.last();
    }

    private void dropDead() {
        Configuration row = register.row();
        List<ReplicaId> inSync = new ArrayList<>(row.inSync());
        for (ReplicaId each : row.inSync()) {
            boolean isDead = !isAlive(each.node()) && isLeaseOver(each.node());
            boolean isGone = each.incarnation() != register.incarnation(each.node());
            // Never down to copies that are away: one of them may come back with less than the one removed.
            boolean othersLive =
                    inSync.stream().anyMatch(other -> !other.equals(each) && isAlive(other.node()) && isUsable(other));
            if ((isDead || isGone) && !each.equals(row.ownerReplica()) && othersLive) {
                inSync.remove(each);
            }
        }
        List<ReplicaId> catchUp = new ArrayList<>(row.catchUp());
        catchUp.removeIf(each -> !isAlive(each.node()) || each.incarnation() != register.incarnation(each.node()));
        if (inSync.size() > cluster.scenario.replicas() && catchUp.isEmpty()) {
            for (ReplicaId each : List.copyOf(inSync)) {
                boolean isSurplus = !each.equals(row.ownerReplica()) && !each.equals(row.nextOwnerReplica());
                if (isSurplus && inSync.size() > cluster.scenario.replicas()) {
                    inSync.remove(each);
                }
            }
        }
        if (inSync.size() != row.inSync().size()
                || catchUp.size() != row.catchUp().size()) {
            commit(row.term(), row.ownerReplica(), inSync, catchUp, row.nextOwnerReplica());
        }
    }

    private void assign() {
        Configuration row = register.row();
        boolean replaces = cluster.wantsReplacement() && row.inSync().size() == cluster.scenario.replicas();
        int wanted = cluster.scenario.replicas() + (replaces ? 1 : 0);
        if (row.inSync().size() + row.catchUp().size() >= wanted) {
            return;
        }
        List<Integer> free = new ArrayList<>();
        for (int node = 1; node <= cluster.nodes(); node++) {
            if (isAlive(node) && row.replicaOn(node).isEmpty()) {
                free.add(node);
            }
        }
        if (free.isEmpty()) {
            return;
        }
        int node = free.get(cluster.world.master.nextInt(free.size()));
        List<ReplicaId> catchUp = new ArrayList<>(row.catchUp());
        catchUp.add(new ReplicaId(node, register.newIncarnation(node)));
        commit(row.term(), row.ownerReplica(), row.inSync(), catchUp, row.nextOwnerReplica());
        cluster.replacementBegun();
    }

    /** Asks the owner to make way for a member. */
    void move() {
        Configuration row = register.row();
        if (!canCommit() || row.ownerReplica() == null || row.nextOwnerReplica() != null) {
            return;
        }
        List<ReplicaId> others = without(row.inSync(), row.ownerReplica());
        others.removeIf(each -> !isAlive(each.node()));
        if (!others.isEmpty()) {
            moveSinceNanos = localNow();
            ReplicaId next = others.get(cluster.world.master.nextInt(others.size()));
            commit(row.term(), row.ownerReplica(), row.inSync(), row.catchUp(), next);
        }
    }

    private void finishMove() {
        Configuration row = register.row();
        if (row.nextOwnerReplica() != null && localNow() - moveSinceNanos > Scenario.MOVE_TIMEOUT) {
            commit(row.term(), row.ownerReplica(), row.inSync(), row.catchUp(), null);
        }
    }
}
