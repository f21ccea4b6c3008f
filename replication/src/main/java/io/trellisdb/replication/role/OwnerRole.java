package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The owner of one partition; see the package documentation. Confined to the partition's writer thread. */
public final class OwnerRole {
    private final int partition;
    private final ChainHash chainHash;
    /** Appended and not yet handed out for applying, in LSN order; bounded by the caller's bound on statements under way. */
    private final Deque<JournalEntry> uncommitted = new ArrayDeque<>();

    private State state = State.IDLE;
    private long term;
    private long lastLsn;
    private long lastHash;
    private long lastTimestamp;
    private long barrierLsn;
    private long durableLsn;
    private long commitLsn;
    private long appliedLsn;

    /** Where the owner stands. */
    public enum State {
        IDLE,
        /** Activated; its barrier is not applied yet. */
        SYNCING,
        SERVING,
        ENDED
    }

    /** A role that begins behind the partition's last entry, which is applied like all before it. */
    public OwnerRole(int partition, long lastLsn, long lastHash, long lastTimestamp, ChainHash chainHash) {
        this.partition = partition;
        this.lastLsn = lastLsn;
        this.lastHash = lastHash;
        this.lastTimestamp = lastTimestamp;
        this.chainHash = chainHash;
        this.durableLsn = lastLsn;
        this.commitLsn = lastLsn;
        this.appliedLsn = lastLsn;
    }

    /** What follows from an event; an {@link IllegalStateException} for one that cannot happen now. */
    public List<OwnerAction> step(OwnerEvent event) {
        if (event instanceof OwnerEvent.Proposed proposed) {
            return propose(proposed);
        }
        if (event instanceof OwnerEvent.Durable durable) {
            return durable(durable.lsn());
        }
        if (event instanceof OwnerEvent.Applied applied) {
            return applied(applied.lsn());
        }
        if (event instanceof OwnerEvent.Activated activated) {
            return activate(activated);
        }
        return end();
    }

    public State state() {
        return state;
    }

    public long term() {
        return term;
    }

    public long lastLsn() {
        return lastLsn;
    }

    public long commitLsn() {
        return commitLsn;
    }

    public long appliedLsn() {
        return appliedLsn;
    }

    private List<OwnerAction> activate(OwnerEvent.Activated event) {
        require(state == State.IDLE, "activated twice");
        require(event.term() > 0, "term is not positive");
        state = State.SYNCING;
        term = event.term();
        barrierLsn = lastLsn + 1;
        return append(new JournalEntry(
                partition,
                JournalEntry.Kind.BARRIER,
                term,
                barrierLsn,
                lastHash,
                nextTimestamp(event.timestamp()),
                null,
                null,
                List.of()));
    }

    private List<OwnerAction> propose(OwnerEvent.Proposed event) {
        require(state == State.SERVING, "proposed to an owner that does not serve");
        return append(new JournalEntry(
                partition,
                JournalEntry.Kind.OPERATIONS,
                term,
                lastLsn + 1,
                lastHash,
                nextTimestamp(event.timestamp()),
                event.token(),
                event.result(),
                event.operations()));
    }

    private List<OwnerAction> append(JournalEntry entry) {
        lastLsn = entry.lsn();
        lastTimestamp = entry.commitTimestamp();
        lastHash = chainHash.of(entry);
        uncommitted.add(entry);
        return List.of(new OwnerAction.Append(entry));
    }

    private List<OwnerAction> durable(long lsn) {
        if (state == State.ENDED) {
            return List.of();
        }
        require(lsn <= lastLsn, "durable beyond the last entry");
        durableLsn = Math.max(durableLsn, lsn);
        return commit();
    }

    private List<OwnerAction> commit() {
        if (durableLsn < barrierLsn) {
            return List.of();
        }
        commitLsn = durableLsn;
        List<OwnerAction> actions = new ArrayList<>();
        JournalEntry next = uncommitted.peek();
        while (next != null && next.lsn() <= commitLsn) {
            actions.add(new OwnerAction.Apply(uncommitted.remove()));
            next = uncommitted.peek();
        }
        return actions;
    }

    private List<OwnerAction> applied(long lsn) {
        if (state == State.ENDED) {
            return List.of();
        }
        require(lsn <= commitLsn, "applied before it was committed");
        List<OwnerAction> actions = new ArrayList<>();
        while (appliedLsn < lsn) {
            appliedLsn++;
            if (appliedLsn == barrierLsn) {
                state = State.SERVING;
                actions.add(new OwnerAction.Serve());
            } else {
                actions.add(new OwnerAction.Answer(appliedLsn));
            }
        }
        return actions;
    }

    private List<OwnerAction> end() {
        if (state == State.ENDED) {
            return List.of();
        }
        state = State.ENDED;
        uncommitted.clear();
        List<OwnerAction> actions = new ArrayList<>();
        for (long lsn = appliedLsn + 1; lsn <= lastLsn; lsn++) {
            if (lsn != barrierLsn) {
                actions.add(new OwnerAction.GiveUp(lsn));
            }
        }
        return actions;
    }

    /** A clock that went back must not take commit timestamps with it. */
    private long nextTimestamp(long now) {
        return Math.max(now, lastTimestamp + 1);
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what + ": partition " + partition + ", term " + term + ", state " + state
                    + ", last " + lastLsn + ", commit " + commitLsn + ", applied " + appliedLsn);
        }
    }
}
