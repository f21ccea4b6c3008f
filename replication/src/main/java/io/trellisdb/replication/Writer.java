package io.trellisdb.replication;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.replication.role.OwnerAction;
import io.trellisdb.replication.role.OwnerEvent;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.StoredResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Owns some of the node's partitions. It lives by rounds: hear what has happened, decide what can be decided, append, apply,
 * answer. A round never waits; between rounds its thread sleeps until there is something to hear or a statement's time is up.
 *
 * <p>{@link #send}, {@link #admit} and {@link #underWay} may be called by any thread; the rest is confined to one at a time,
 * the writer's own or a test's.
 */
final class Writer {
    /** Events of one round, so that a flood of new statements cannot keep appended ones from being applied. */
    private static final int MAX_EVENTS_PER_ROUND = 1_000;
    /** An upper bound of a sleep, against a clock that does not go with the machine's. */
    private static final long MAX_SLEEP_NANOS = 100_000_000L;

    private final int number;
    private final OwnerSurroundings surroundings;
    private final Map<Integer, OwnedPartition> partitions = new LinkedHashMap<>();
    private final Queue<WriterEvent> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<Void> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private final DecideStage decide;
    private final AppendStage append;
    private final List<JournalEntry> committed = new ArrayList<>();
    private final Deque<IndexBackfill> backfills = new ArrayDeque<>();
    private final List<Runnable> replies = new ArrayList<>();
    private int servingPartitions;
    private @Nullable TrellisException broken;
    private volatile @Nullable Thread sleeper;

    Writer(int number, OwnerSurroundings surroundings) {
        this.number = number;
        this.surroundings = surroundings;
        this.decide = new DecideStage(this, surroundings);
        this.append = new AppendStage(this, surroundings);
    }

    /** Gives the writer a partition; before its first round. */
    void own(OwnedPartition partition) {
        partitions.put(partition.number(), partition);
    }

    int number() {
        return number;
    }

    OwnedPartition partition(int partition) {
        OwnedPartition owned = partitions.get(partition);
        if (owned == null) {
            throw new IllegalStateException("partition belongs to another writer: " + partition);
        }
        return owned;
    }

    boolean owns(int partition) {
        return partitions.containsKey(partition);
    }

    Collection<OwnedPartition> partitions() {
        return partitions.values();
    }

    /** Done when all partitions serve; fails when the writer breaks before. */
    CompletableFuture<Void> serving() {
        return serving;
    }

    /** Takes a place for a statement's part; false when too many are under way. Retiring the part gives it back. */
    boolean admit() {
        if (underWay.incrementAndGet() > surroundings.settings().maxPartsPerWriter()) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives back the place of a part that is not sent. */
    void dismiss() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    void send(WriterEvent event) {
        inbox.add(event);
        Thread waiting = sleeper;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    boolean isStopped() {
        return stopped.isDone();
    }

    /** Sleeps until an event arrives or the next deadline; the caller is the writer's thread. */
    void sleep() {
        sleeper = Thread.currentThread();
        if (inbox.isEmpty()) {
            long nanos = Math.min(MAX_SLEEP_NANOS, decide.nanosToNextDeadline());
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
        }
        sleeper = null;
    }

    /** One round. Returns whether there was anything to do. */
    boolean round() {
        try {
            boolean heard = hear();
            boolean decided = decide.run();
            append.run();
            boolean applied = apply();
            boolean filled = backfill();
            reply();
            return heard || decided || applied || filled;
        } catch (Throwable e) {
            // Whatever it is, going on would mean to guess what has happened to the entries of this round.
            surroundings.failures().accept(e);
            return false;
        }
    }

    /** Runs a part (again) in this round. */
    void runAgain(StatementPart part) {
        decide.runAgain(part);
    }

    /** Ends a statement that is not sealed, here and on its other writers. */
    void end(RunningStatement statement, TrellisException reason) {
        if (statement.end()) {
            surroundings.metrics().failed.increment();
            statement.parts().forEach(this::retireAnywhere);
            replies.add(() -> statement.fail(reason));
        }
    }

    /** Frees what a part holds, on its own writer. */
    void retireAnywhere(StatementPart part) {
        if (part.writer() == this) {
            retire(part);
        } else {
            part.writer().send(new WriterEvent.Retire(part));
        }
    }

    void reply(Runnable reply) {
        replies.add(reply);
    }

    /** Hands a sealed statement on; the caller is its last part's writer. */
    void append(AppendGroup group) {
        if (group.first() == this) {
            append.add(group);
        } else {
            group.first().send(new WriterEvent.Append(group));
        }
    }

    private boolean hear() {
        int count = 0;
        WriterEvent event = inbox.poll();
        while (event != null) {
            handle(event);
            count++;
            event = count < MAX_EVENTS_PER_ROUND ? inbox.poll() : null;
        }
        return count > 0;
    }

    private void handle(WriterEvent event) {
        if (event instanceof WriterEvent.Begin begin) {
            begin(begin.part());
        } else if (event instanceof WriterEvent.Durable durable) {
            durable(durable.lsns());
        } else if (event instanceof WriterEvent.Append sealed) {
            append.add(sealed.group());
        } else if (event instanceof WriterEvent.Resume) {
            append.resume();
        } else if (event instanceof WriterEvent.Retire retire) {
            retire(retire.part());
        } else if (event instanceof WriterEvent.End end) {
            end(end.statement(), end.reason());
        } else if (event instanceof WriterEvent.LookUp lookUp) {
            lookUp(lookUp.statement());
        } else if (event instanceof WriterEvent.Activate) {
            activate();
        } else if (event instanceof WriterEvent.Backfill backfill) {
            add(backfill.backfill());
        } else if (event instanceof WriterEvent.Verify verify) {
            verify(verify.verification());
        } else if (event instanceof WriterEvent.Broken end) {
            breakDown(end.reason());
        } else {
            stop();
        }
    }

    private void activate() {
        if (partitions.isEmpty()) {
            serving.complete(null);
        }
        for (OwnedPartition partition : partitions.values()) {
            long term = surroundings.terms().applyAsLong(partition.number());
            long now = surroundings.hybridClock().next();
            append.addAll(partition.step(new OwnerEvent.Activated(term, now)));
        }
    }

    private void begin(StatementPart part) {
        if (part.phase() == StatementPart.Phase.RETIRED) {
            return;
        }
        if (broken != null) {
            end(part.statement(), broken);
            return;
        }
        OwnedPartition partition = partition(part.partition());
        if (partition.serves()) {
            decide.runAgain(part);
        } else {
            partition.early().add(part);
        }
    }

    private void lookUp(RunningStatement statement) {
        Token token = statement.token();
        if (token == null) {
            throw new IllegalStateException("statement without token is looked up");
        }
        List<StoredResult> stored;
        try {
            stored = findResults(token);
        } catch (TrellisException e) {
            end(statement, e);
            return;
        }
        if (stored.isEmpty()) {
            surroundings.metrics().statements.increment();
            statement.parts().forEach(part -> part.writer().send(new WriterEvent.Begin(part)));
        } else if (statement.end()) {
            surroundings.metrics().repeated.increment();
            statement.parts().forEach(this::retireAnywhere);
            replies.add(() -> statement.completeRepeated(stored));
        }
    }

    /** Any partition may have some: a repeated statement need not be planned for the same ones. */
    private List<StoredResult> findResults(Token token) {
        List<StoredResult> found = new ArrayList<>();
        long trimmedBelow = 0;
        for (int number = 0; number < surroundings.store().partitionCount(); number++) {
            PartitionReader reader = surroundings.store().partition(number).reader();
            reader.findResult(token).ifPresent(found::add);
            trimmedBelow = Math.max(trimmedBelow, reader.trimmedBelow(token.session()));
        }
        if (found.isEmpty() && token.sequence() < trimmedBelow) {
            throw new TrellisException(
                    ErrorCode.OUTCOME_UNKNOWN, "statement was answered and its result is no longer kept: " + token);
        }
        return found;
    }

    private void verify(PartitionVerification verification) {
        if (broken != null) {
            verification.cancel(broken);
        } else {
            verification.runOnWriter();
        }
    }

    private void add(IndexBackfill backfill) {
        if (broken != null) {
            backfill.cancel(broken);
        } else {
            backfills.add(backfill);
        }
    }

    private void durable(Map<Integer, Long> lsns) {
        lsns.forEach((partition, lsn) -> {
            OwnedPartition owned = partitions.get(partition);
            if (owned != null) {
                for (OwnerAction action : owned.step(new OwnerEvent.Durable(lsn))) {
                    committed.add(((OwnerAction.Apply) action).entry());
                }
            }
        });
    }

    private boolean apply() {
        if (committed.isEmpty()) {
            return false;
        }
        List<JournalEntry> entries = List.copyOf(committed);
        committed.clear();
        surroundings.store().apply(entries);
        surroundings.metrics().applyRounds.increment();
        for (JournalEntry entry : entries) {
            OwnedPartition partition = partition(entry.partition());
            for (OwnerAction action : partition.step(new OwnerEvent.Applied(entry.lsn()))) {
                if (action instanceof OwnerAction.Serve) {
                    serve(partition);
                } else if (action instanceof OwnerAction.Answer answer) {
                    answer(partition.take(answer.lsn()));
                }
            }
        }
        return true;
    }

    private void serve(OwnedPartition partition) {
        partition.early().forEach(decide::runAgain);
        partition.early().clear();
        servingPartitions++;
        if (servingPartitions == partitions.size()) {
            replies.add(() -> serving.complete(null));
        }
    }

    private void answer(StatementPart part) {
        RunningStatement statement = part.statement();
        retire(part);
        if (statement.applied()) {
            replies.add(statement::complete);
        }
    }

    private void retire(StatementPart part) {
        if (part.phase() != StatementPart.Phase.RETIRED) {
            decide.forget(part);
            part.retire();
            partition(part.partition()).locks().release(part.locks());
            underWay.decrementAndGet();
        }
    }

    private boolean backfill() {
        IndexBackfill backfill = backfills.poll();
        if (backfill == null) {
            return false;
        }
        if (backfill.step(surroundings.store(), surroundings.settings().backfillRows())) {
            backfills.add(backfill);
        }
        return true;
    }

    private void reply() {
        if (replies.isEmpty()) {
            return;
        }
        List<Runnable> now = List.copyOf(replies);
        replies.clear();
        now.forEach(Runnable::run);
    }

    /** Forgets everything under way; its statements are answered by whoever found the node broken. */
    private void breakDown(TrellisException reason) {
        if (broken != null) {
            return;
        }
        broken = reason;
        committed.clear();
        append.clear();
        decide.clear();
        backfills.forEach(backfill -> backfill.cancel(reason));
        backfills.clear();
        for (OwnedPartition partition : partitions.values()) {
            partition.step(new OwnerEvent.Ended());
            partition.early().clear();
        }
        replies.add(() -> serving.completeExceptionally(reason));
    }

    private void stop() {
        breakDown(new TrellisException(ErrorCode.SERVER_STOPPING, "server is stopping"));
        replies.add(() -> stopped.complete(null));
    }
}
