package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a replica stands, whatever its role: log, positions, newest configuration, lease, and what its host has to do. Confined
 * like its replica; the roles read and change it, so its fields are theirs.
 *
 * <p>Always: base ≤ applied ≤ handed out ≤ last; durable ≤ last; handed out ≤ commit, but for an owner that need not wait.
 */
final class Standing {
    final int partition;
    final ReplicaId self;
    final Rules rules;
    final GroupSettings settings;
    final UpdateLog log;

    long nowNanos;
    long promisedTerm;
    long durableLsn;
    long commitLsn;
    long appliedLsn;
    /** The last entry that the host was told to apply. */
    long handedOutLsn;
    /** The term whose owner's log this one was compared with, and how far they agree. */
    long matchedTerm;

    long matchedLsn;

    @Nullable
    Configuration configuration;
    /** Set when the data is of no use any more: waiting for a new incarnation. */
    @Nullable
    String discardReason;

    @Nullable
    String haltReason;

    /** The image that the host is making the store, or 0; until it has, or could not, the log is left alone. */
    long installingId;

    private boolean leased;
    private long leaseUntilNanos;
    private long leaseRevision;
    private List<ReplicaAction> actions = new ArrayList<>();

    Standing(int partition, ReplicaId self, Replica.Recovered recovered, Rules rules, GroupSettings settings) {
        this.partition = partition;
        this.self = self;
        this.rules = rules;
        this.settings = settings;
        this.log = recovered.log();
        this.promisedTerm = recovered.promisedTerm();
        this.durableLsn = log.lastLsn();
        this.commitLsn = recovered.commitLsn();
        this.appliedLsn = recovered.appliedLsn();
        this.handedOutLsn = appliedLsn;
    }

    boolean isTakingEntries() {
        return discardReason == null && installingId == 0;
    }

    void act(ReplicaAction action) {
        actions.add(action);
    }

    void send(Message message) {
        actions.add(new ReplicaAction.Send(message));
    }

    List<ReplicaAction> takeActions() {
        if (actions.isEmpty()) {
            return List.of();
        }
        List<ReplicaAction> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }

    void promise(long term) {
        promisedTerm = term;
        act(new ReplicaAction.PersistTerm(term));
    }

    /** Appends entries that follow the log, which the caller has checked. */
    void append(List<JournalEntry> entries) {
        if (!entries.isEmpty()) {
            entries.forEach(log::append);
            act(new ReplicaAction.Append(entries));
        }
    }

    void truncateAfter(long lsn) {
        log.truncateAfter(lsn);
        durableLsn = Math.min(durableLsn, lsn);
        matchedLsn = Math.min(matchedLsn, lsn);
        act(new ReplicaAction.Truncate(lsn));
    }

    void applyUpTo(long limit) {
        long end = Math.min(limit, log.lastLsn());
        while (handedOutLsn < end) {
            handedOutLsn++;
            act(new ReplicaAction.Apply(log.entry(handedOutLsn)));
        }
    }

    void durable(Position position) {
        if (log.knows(position.lsn()) && log.termAt(position.lsn()) == position.term()) {
            durableLsn = Math.max(durableLsn, position.lsn());
        }
    }

    /** The store and the log are an image now. */
    void installed(UpdateLog.Mark end) {
        log.resetTo(end);
        durableLsn = end.lsn();
        commitLsn = end.lsn();
        appliedLsn = end.lsn();
        handedOutLsn = end.lsn();
        // What an image holds is committed, so it is in the log of every owner.
        matchedTerm = promisedTerm;
        matchedLsn = end.lsn();
    }

    void leaseGranted(long untilNanos, long revision) {
        leased = true;
        leaseUntilNanos = untilNanos;
        leaseRevision = revision;
    }

    void leaseDropped() {
        leased = false;
    }

    boolean hasLease(long atNanos) {
        if (!rules.hold(Rule.LEASE)) {
            return true;
        }
        Configuration known = configuration;
        boolean covered =
                known != null && (known.revision() >= leaseRevision || !rules.hold(Rule.LEASE_COVERS_CONFIGURATION));
        return leased && covered && atNanos - leaseUntilNanos < 0;
    }

    void discard(String reason) {
        discardReason = reason;
        act(new ReplicaAction.Ask(new MasterRequest.NewIncarnation(self, reason)));
    }

    void halt(String what) {
        haltReason = what + ": partition " + partition + ", replica " + self + ", term " + promisedTerm + ", last "
                + log.last() + ", base " + log.base().position() + ", commit " + commitLsn + ", applied "
                + handedOutLsn;
        act(new ReplicaAction.Halt(haltReason));
    }
}
