package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.Durability;
import com.sleepycat.je.Transaction;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CommitOutcome.Refused.Reason;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.RoleListener.DemoteReason;
import io.trellisdb.coordination.metadata.CommitLimits;
import io.trellisdb.coordination.metadata.LogEntry;
import io.trellisdb.coordination.metadata.LogFormat;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes in the name of the present reign: commits in groups, lease renewals when there are none, images when the log has
 * grown. Any thread may submit; everything else happens on the writer's thread.
 */
final class Writer {
    /** Commits of one transaction. */
    private static final int GROUP_MAX = 256;
    /** Bytes of one transaction beyond which no further commit is taken in. */
    private static final long GROUP_BYTES_MAX = 8 << 20;
    /** Commits that wait; a caller beyond them is refused. */
    private static final int WAITING_MAX = 4_096;
    /** How often a group is tried again when a lock was in its way. */
    private static final int CONTENTION_RETRIES = 3;

    private final EnvironmentGate gate;
    private final Replay replay;
    private final BdbjeSettings settings;
    private final NanoClock clock;
    private final CoordinationCounters counters;
    private final BiConsumer<Reign, DemoteReason> onLost;
    private final Mailbox<PendingCommit> waiting;
    private final LogTrimmer trimmer;

    private @Nullable Reign reign;
    private boolean isBusy;
    private boolean isStopped;

    /** Touched by the writer's thread only. */
    private long lastRenewal;

    private long renewals;
    private long marked;

    /** @param onLost hears that a reign cannot go on; must only enqueue */
    Writer(
            EnvironmentGate gate,
            Replay replay,
            BdbjeSettings settings,
            NanoClock clock,
            CoordinationCounters counters,
            BiConsumer<Reign, DemoteReason> onLost) {
        this.gate = gate;
        this.replay = replay;
        this.settings = settings;
        this.clock = clock;
        this.counters = counters;
        this.onLost = onLost;
        this.waiting = new Mailbox<>(clock);
        this.trimmer = new LogTrimmer(replay.tree());
    }

    /** Lets a reign write; the previous one has been sealed. */
    synchronized void begin(Reign fresh) {
        reign = fresh;
        waiting.nudge();
    }

    /** Ends admission. What is being written at this moment still gets its outcome. */
    synchronized void seal() {
        reign = null;
        waiting.nudge();
    }

    /** Waits until nothing is being written any more; after {@link #seal}. */
    synchronized void awaitIdle() {
        boolean interrupted = false;
        while (isBusy) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void stop() {
        reign = null;
        isStopped = true;
        waiting.nudge();
    }

    /** Blocks until the outcome is known or cannot be known. */
    CommitOutcome commit(Epoch epoch, MetadataCommit commit) {
        Optional<CommitOutcome> refusal = CommitLimits.refusal(commit);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        PendingCommit pending = new PendingCommit(epoch, commit, new CompletableFuture<>());
        if (!offer(pending)) {
            pending.refuse(Reason.NOT_LEADER, "this node is not master");
        }
        return Waits.forValue(pending.outcome());
    }

    void run() {
        while (!isStopped()) {
            List<PendingCommit> taken = waiting.takeAll(nanosToRenewal());
            Reign mine = enter();
            try {
                if (mine == null) {
                    taken.forEach(each -> each.refuse(Reason.NOT_LEADER, "this node is not master"));
                } else {
                    work(mine, taken);
                }
            } finally {
                leave();
            }
        }
        waiting.takeAll(0).forEach(each -> each.refuse(Reason.NOT_LEADER, "coordination is closed"));
    }

    private boolean writeLease(Reign mine, Durability durability) {
        long start = clock.nanoTime();
        long committed = replay.tree().revision();
        renewals++;
        LeaseRow row = new LeaseRow(mine.epoch().number(), committed, renewals);
        WriteFate fate = write(mine, durability, (tables, transaction) -> {
            tables.putLease(transaction, row);
            return true;
        });
        if (fate.isDone()) {
            marked = committed;
            if (!durability.equals(JeConfigs.UNACKNOWLEDGED)) {
                renewed(mine, start);
            }
        }
        return fate.isDone();
    }

    /** The first writes of a reign, before it begins: what it has to say about itself, and its first lease. */
    boolean open(Reign mine, List<MetadataChange> changes) {
        if (changes.isEmpty()) {
            return writeLease(mine, JeConfigs.ACKNOWLEDGED);
        }
        MetadataCommit commit = new MetadataCommit(List.of(), changes);
        PendingCommit pending = new PendingCommit(mine.epoch(), commit, new CompletableFuture<>());
        CommitGroup group = new CommitGroup(replay.tree(), mine.epoch().number());
        group.add(pending);
        write(mine, group);
        return pending.outcome().getNow(null) instanceof CommitOutcome.Applied;
    }

    private synchronized boolean offer(PendingCommit pending) {
        if (isStopped || reign == null || waiting.size() >= WAITING_MAX) {
            return false;
        }
        waiting.put(pending);
        return true;
    }

    private synchronized boolean isStopped() {
        return isStopped;
    }

    private synchronized @Nullable Reign enter() {
        isBusy = reign != null;
        return reign;
    }

    private synchronized void leave() {
        isBusy = false;
        notifyAll();
    }

    private synchronized boolean isReigning() {
        return reign != null;
    }

    private long nanosToRenewal() {
        if (!isReigning()) {
            return settings.leaseDuration().toNanos();
        }
        return Math.max(0, lastRenewal + settings.leaseInterval().toNanos() - clock.nanoTime());
    }

    private void work(Reign mine, List<PendingCommit> taken) {
        Deque<PendingCommit> left = new ArrayDeque<>(taken);
        while (!left.isEmpty()) {
            commitSome(mine, left);
        }
        if (nanosToRenewal() == 0) {
            writeLease(mine, JeConfigs.ACKNOWLEDGED);
        } else if (marked < replay.tree().revision() && waiting.size() == 0) {
            writeLease(mine, JeConfigs.UNACKNOWLEDGED);
        }
        trimmer.trim((durability, work) -> write(mine, durability, work).isDone());
    }

    private void commitSome(Reign mine, Deque<PendingCommit> left) {
        CommitGroup group = new CommitGroup(replay.tree(), mine.epoch().number());
        long bytes = 0;
        for (int i = 0; i < GROUP_MAX && bytes < GROUP_BYTES_MAX && !left.isEmpty(); i++) {
            PendingCommit next = left.remove();
            if (!next.epoch().equals(mine.epoch())) {
                next.refuse(Reason.WRONG_EPOCH, "epoch is " + mine.epoch().number());
            } else if (!mine.guard().isValid()) {
                next.refuse(Reason.NOT_LEADER, "lease has run out");
            } else {
                bytes += MetadataTree.sizeOf(next.commit().changes());
                group.add(next);
            }
        }
        if (!group.isEmpty()) {
            write(mine, group);
        }
    }

    private void write(Reign mine, CommitGroup group) {
        long start = clock.nanoTime();
        LeaseRow row = new LeaseRow(mine.epoch().number(), replay.tree().revision(), ++renewals);
        WriteFate fate = write(mine, JeConfigs.commits(settings), (tables, transaction) -> {
            tables.putLease(transaction, row);
            return add(tables, transaction, group);
        });
        switch (fate) {
            case DONE -> {
                renewed(mine, start);
                group.entries().forEach(replay::committed);
                counters.appended(group.entries().size(), clock.nanoTime() - start);
                trimmer.added(group.entries());
                group.applied();
            }
            case ABORTED, NOT_LEADER, CLOSED -> group.refuse(Reason.NOT_LEADER, "another epoch has begun");
            case NO_QUORUM -> group.refuse(Reason.NO_QUORUM, "too few voters are connected");
            case CONTENDED -> group.refuse(Reason.STORAGE, "metadata are locked");
            case DISK_FULL -> group.refuse(Reason.STORAGE, "disk is full under the metadata");
            case UNKNOWN -> {
                mine.guard().lose();
                counters.unknownOutcome(group.entries().size());
                group.unknown("too few voters acknowledged in time");
                onLost.accept(mine, DemoteReason.OUTCOME_UNKNOWN);
            }
        }
    }

    private static boolean add(Tables tables, Transaction transaction, CommitGroup group) {
        for (LogEntry entry : group.entries()) {
            if (!tables.log().add(transaction, entry.revision(), LogFormat.encode(entry))) {
                return false;
            }
        }
        return true;
    }

    /** A transaction in the name of a reign: it goes nowhere unless the last epoch is the reign's. */
    private WriteFate write(Reign mine, Durability durability, BiPredicate<Tables, Transaction> work) {
        WriteFate fate = WriteFate.CONTENDED;
        for (int i = 0; i < CONTENTION_RETRIES && fate == WriteFate.CONTENDED; i++) {
            fate = gate.use(environment -> environment.write(
                            durability,
                            (tables, transaction) -> tables.lastEpoch(transaction)
                                            .filter(last -> last.epoch().equals(mine.epoch()))
                                            .isPresent()
                                    && work.test(tables, transaction)))
                    .orElse(WriteFate.CLOSED);
        }
        if (fate == WriteFate.ABORTED) {
            onLost.accept(mine, DemoteReason.HIGHER_EPOCH);
        } else if (fate == WriteFate.NOT_LEADER || fate == WriteFate.CLOSED) {
            onLost.accept(mine, DemoteReason.NOT_ELECTED);
        }
        return fate;
    }

    private void renewed(Reign mine, long start) {
        lastRenewal = start;
        mine.guard().extend(start + settings.leaseDuration().toNanos());
    }
}
