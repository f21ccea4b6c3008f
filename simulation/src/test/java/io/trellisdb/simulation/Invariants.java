package io.trellisdb.simulation;

import io.trellisdb.common.token.Token;
import io.trellisdb.replication.role.Configuration;
import io.trellisdb.replication.role.Message;
import io.trellisdb.replication.role.Position;
import io.trellisdb.replication.role.Replica;
import io.trellisdb.replication.role.Replica.RoleName;
import io.trellisdb.replication.role.ReplicaId;
import io.trellisdb.replication.role.UpdateLog;
import io.trellisdb.simulation.Coverage.Sometimes;
import io.trellisdb.storage.JournalEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must hold always, asked after every event; the names are those of the design. An all-knowing observer: it remembers every
 * entry that was ever appended, committed, answered or read.
 */
final class Invariants {
    private final Cluster cluster;
    /** I2: the chain hash of every position that was ever appended. */
    private final Map<Position, Long> appended = new HashMap<>();
    /** I3: the committed log. */
    private final Map<Long, Long> committed = new HashMap<>();
    /** The state after each committed entry. */
    private final Map<Long, Long> digests = new HashMap<>();
    /** I4: who began a term. */
    private final Map<Long, String> terms = new HashMap<>();
    /** I11: where a statement was committed. */
    private final Map<String, Long> statements = new HashMap<>();

    private final Map<Integer, Seen> seenByNode = new TreeMap<>();
    private final Deque<Promise> promises = new ArrayDeque<>();
    /** I1: the newest entry that somebody was told of. */
    private long promisedLsn;

    private long promisedHash;
    private long rowVersion;
    private long checkedStamp;

    /** A strong read under way: nothing that was answered before may be missing in it. */
    record Read(long floorLsn) {}

    private record Promise(long atNanos, long lsn) {}

    private static final class Seen {
        long promisedTerm;
        long commitLsn;

        @Nullable
        Configuration configuration;
    }

    Invariants(Cluster cluster) {
        this.cluster = cluster;
        committed.put(0L, 0L);
    }

    // ---- what is noticed on its way

    void began(SimulatedNode node) {
        Seen seen = seen(node);
        Replica replica = node.replica();
        if (replica == null) {
            return;
        }
        require(replica.promisedTerm() >= seen.promisedTerm, "I8 promised term fell over a restart", node);
        seen.commitLsn = 0;
        seen.configuration = null;
    }

    void appended(SimulatedNode node, Replica replica, List<JournalEntry> entries) {
        for (JournalEntry entry : entries) {
            long hash = Store.chainHash(entry);
            Long known = appended.putIfAbsent(new Position(entry.term(), entry.lsn()), hash);
            require(known == null || known == hash, "I2 two entries at one position", node);
            cluster.world.note(hash);
        }
        if (replica.role() == RoleName.SYNCING && entries.get(0).kind() == JournalEntry.Kind.BARRIER) {
            begins(node, entries.get(0).term());
        }
    }

    private void begins(SimulatedNode node, long term) {
        String owner = node.id + " in process " + node.process();
        String before = terms.putIfAbsent(term, owner);
        require(before == null || before.equals(owner), "I4 two activations of a term", node);
    }

    void serves(SimulatedNode node, long term, boolean isFromImage) {
        begins(node, term);
        if (isFromImage) {
            cluster.coverage.saw(Sometimes.IMAGED_REPLICA_OWNS);
        }
    }

    void acknowledges(SimulatedNode node, Message.Appended message) {
        Replica replica = node.replica();
        if (cluster.scenario.isBuffered() || replica == null || !replica.log().knows(message.durableLsn())) {
            return;
        }
        long term = replica.log().termAt(message.durableLsn());
        require(node.disk.certainlyHas(message.durableLsn(), term), "I10 acknowledged and not flushed", node);
    }

    void applied(SimulatedNode node) {
        if (cluster.scenario.isAsync()) {
            return;
        }
        Long before = digests.putIfAbsent(node.store().appliedLsn, node.store().digest);
        require(before == null || before == node.store().digest, "I3 stores differ", node);
    }

    void installs(SimulatedNode node, Replica replica) {
        boolean isMember = cluster.register.row().inSync().contains(replica.self());
        require(!isMember, "R9 image on a member", node);
    }

    void answered(Replica replica, long lsn) {
        if (!cluster.scenario.isAsync() && replica.log().knows(lsn)) {
            promise(lsn, replica.log().hashAt(lsn));
        }
    }

    private void promise(long lsn, long hash) {
        Long known = committed.get(lsn);
        if (known != null && known != hash) {
            throw new Violation("I1 entry was told and is not the committed one: " + lsn);
        }
        if (lsn > promisedLsn) {
            promisedLsn = lsn;
            promisedHash = hash;
            promises.add(new Promise(cluster.world.now(), lsn));
        }
    }

    Read beginRead() {
        return new Read(promisedLsn);
    }

    void strongRead(Read read, long seenLsn, long hash) {
        cluster.coverage.saw(Sometimes.STRONG_READ);
        if (!cluster.scenario.isAsync()) {
            if (seenLsn < read.floorLsn()) {
                throw new Violation("I12 stale strong read: " + seenLsn + " of " + read.floorLsn());
            }
            promise(seenLsn, hash);
        }
    }

    void backupRead(long seenLsn) {
        cluster.coverage.saw(Sometimes.BACKUP_READ);
        if (cluster.scenario.isAsync()) {
            return;
        }
        long bound = (long) (Scenario.STALENESS * (1 + 2 * Scenario.DRIFT_MAX));
        long floor = 0;
        while (promises.size() > 1 && second().atNanos() <= cluster.world.now() - bound) {
            promises.remove();
        }
        Promise oldest = promises.peek();
        if (oldest != null && oldest.atNanos() < cluster.world.now() - bound) {
            floor = oldest.lsn();
        }
        if (seenLsn < floor) {
            throw new Violation("I12 backup read is too old: " + seenLsn + " of " + floor);
        }
    }

    private Promise second() {
        var each = promises.iterator();
        each.next();
        return each.next();
    }

    // ---- after every event

    void check() {
        Configuration row = cluster.register.row();
        require(row.version() >= rowVersion, "I8 row fell", null);
        rowVersion = row.version();
        int servers = 0;
        for (SimulatedNode node : cluster.allNodes()) {
            Replica replica = node.replica();
            if (replica != null) {
                checkPositions(node, replica);
                checkMonotone(node, replica);
                checkSuperset(node, replica, row);
                if (replica.mayAnswerStrongRead(replica.servingTerm(), node.localNow())) {
                    servers++;
                    require(
                            cluster.scenario.isAsync() || holdsPromised(replica.log()),
                            "I5 server lacks answers",
                            node);
                }
            }
        }
        require(servers <= 1, "I5 two servers", null);
        checkDurability(row);
    }

    private void checkPositions(SimulatedNode node, Replica replica) {
        require(replica.durableLsn() <= replica.last().lsn(), "I9 durable beyond last", node);
        boolean isAsync = cluster.scenario.isAsync();
        boolean isDone = replica.appliedLsn() <= (isAsync ? replica.last().lsn() : replica.commitLsn());
        require(isDone, "I9 applied beyond commit", node);
    }

    private Seen seen(SimulatedNode node) {
        return seenByNode.computeIfAbsent(node.id, id -> new Seen());
    }

    private void checkMonotone(SimulatedNode node, Replica replica) {
        Seen seen = seen(node);
        require(replica.promisedTerm() >= seen.promisedTerm, "I8 promised term fell", node);
        seen.promisedTerm = replica.promisedTerm();
        Configuration known = replica.configuration().orElse(null);
        Configuration before = seen.configuration;
        if (known != null && before != null) {
            require(
                    known.revision() >= before.revision()
                            && known.version() >= before.version()
                            && known.epoch() >= before.epoch(),
                    "I8 configuration fell",
                    node);
        }
        seen.configuration = known;
        require(replica.commitLsn() >= seen.commitLsn, "I8 commit fell", node);
        if (replica.commitLsn() > seen.commitLsn) {
            for (long lsn = seen.commitLsn + 1; lsn <= replica.commitLsn(); lsn++) {
                checkCommitted(node, replica.log(), lsn);
            }
            seen.commitLsn = replica.commitLsn();
        }
    }

    private void checkCommitted(SimulatedNode node, UpdateLog log, long lsn) {
        if (!log.knows(lsn) || (lsn == log.base().lsn() && lsn == 0)) {
            return;
        }
        long hash = log.hashAt(lsn);
        Long known = committed.putIfAbsent(lsn, hash);
        require(known == null || known == hash, "I3 two committed entries at one position", node);
        if (log.termAt(lsn) >= 3) {
            cluster.coverage.saw(Sometimes.COMMIT_IN_TERM_3);
        }
        if (lsn > log.base().lsn()) {
            Token token = log.entry(lsn).token();
            Long first = token == null ? null : statements.putIfAbsent(Store.name(token), lsn);
            require(first == null || first == lsn, "I11 statement was done twice", node);
        }
    }

    private void checkSuperset(SimulatedNode node, Replica replica, Configuration row) {
        RoleName role = replica.role();
        boolean owns = role == RoleName.SYNCING || role == RoleName.OWNER || role == RoleName.RETIRING;
        if (!owns) {
            return;
        }
        long term = replica.configuration().map(Configuration::term).orElse(0L);
        if (term < row.term()) {
            cluster.coverage.saw(Sometimes.DEPOSED_OWNER_UNAWARE);
            return;
        }
        for (ReplicaId member : row.inSync()) {
            boolean isWaitedFor =
                    member.equals(replica.self()) || replica.effective().contains(member);
            require(isWaitedFor, "I6 member is not waited for", node);
        }
    }

    private boolean holdsPromised(UpdateLog log) {
        if (log.base().lsn() > promisedLsn) {
            Long known = committed.get(log.base().lsn());
            return known == null || known == log.base().hash();
        }
        return log.knows(promisedLsn) && log.hashAt(promisedLsn) == promisedHash;
    }

    private void checkDurability(Configuration row) {
        long stamp = promisedLsn * 1_000_003 + row.version();
        for (SimulatedNode node : cluster.allNodes()) {
            stamp = stamp * 31 + node.process() * 2L + (node.isUp() ? 1 : 0);
        }
        boolean looksAtDisks = stamp != checkedStamp && !cluster.scenario.isBuffered();
        checkedStamp = stamp;
        for (ReplicaId member : row.inSync()) {
            if (member.incarnation() != cluster.register.incarnation(member.node())) {
                continue;
            }
            SimulatedNode node = cluster.node(member.node());
            Replica replica = node.replica();
            if (replica != null && replica.self().equals(member)) {
                require(holdsPromised(replica.log()), "I1 answered entry is missing", node);
            } else if (replica == null && looksAtDisks && node.disk.incarnation <= member.incarnation()) {
                require(holdsPromised(node.disk.recover()), "I1 answered entry is missing on a disk", node);
            }
        }
    }

    // ---- after healing

    void checkHealed() {
        Configuration row = cluster.register.row();
        ReplicaId owner = row.ownerReplica();
        require(owner != null, "L1 nobody owns", null);
        Replica owning = owner == null ? null : cluster.node(owner.node()).replica();
        require(owning != null && owning.role() == RoleName.OWNER, "L1 owner does not serve", null);
        require(
                row.inSync().size() == Math.min(cluster.scenario.replicas(), cluster.nodes()),
                "L3 too few or too many members: " + row.inSync(),
                null);
        require(row.nextOwnerReplica() == null, "L5 move does not end", null);
        for (ReplicaId member : row.inSync()) {
            SimulatedNode node = cluster.node(member.node());
            Replica replica = node.replica();
            require(replica != null && owning != null, "L2 member is away: " + member, null);
            if (replica != null && owning != null) {
                Store mine = node.store();
                Store owners = cluster.node(owner.node()).store();
                require(replica.last().equals(owning.last()), "L2 logs differ", node);
                require(mine.appliedLsn == owners.appliedLsn, "L2 stores are not equally far", node);
                require(mine.digest == owners.digest && mine.values.equals(owners.values), "L2 stores differ", node);
            }
        }
    }

    private void require(boolean holds, String what, @Nullable SimulatedNode node) {
        if (!holds) {
            throw new Violation(what + describe(node));
        }
    }

    private String describe(@Nullable SimulatedNode node) {
        StringBuilder text = new StringBuilder(" (at " + cluster.world.now() / World.MILLI + " ms, " + cluster.scenario
                + ", row " + cluster.register.row() + ", told " + promisedLsn);
        if (node != null) {
            text.append(", by node ").append(node.id);
        }
        for (SimulatedNode each : cluster.allNodes()) {
            Replica replica = each.replica();
            text.append("; node ").append(each.id).append(' ');
            if (replica == null) {
                text.append("away");
            } else {
                text.append(replica.self() + " " + replica.role() + " promised " + replica.promisedTerm() + " base "
                        + replica.log().base().position() + " last " + replica.last() + " durable "
                        + replica.durableLsn() + " commit " + replica.commitLsn() + " applied "
                        + replica.appliedLsn() + " waits for " + replica.effective());
            }
        }
        return text.append(')').toString();
    }
}
