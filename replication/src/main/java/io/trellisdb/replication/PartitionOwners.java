package io.trellisdb.replication;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The owners of a node's partitions: the only way to change what its store holds. Any thread may call it; nothing here blocks
 * but {@link #close}.
 *
 * <p>Answers are completed on writer threads, so what hangs on them must be short and must not block. They fail with a {@link
 * TrellisException}: {@code OUTCOME_UNKNOWN} when the statement may have happened, any other code when it has not.
 */
public final class PartitionOwners implements AutoCloseable {
    /** How long stopping waits for the journal once statements under way have been ended. */
    private static final long FLUSH_SECONDS_MAX = 10;

    private final OwnerSurroundings surroundings;
    private final WallClock wallClock;
    private final Consumer<TrellisException> onFailure;
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final SessionTokens sessions;
    private final Map<Request, RunningStatement> running = new ConcurrentHashMap<>();
    private final Set<RunningStatement> live = ConcurrentHashMap.newKeySet();
    private final AtomicLong starts = new AtomicLong();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    /** Changed under this object's lock; a failure is set before the state says so. */
    private volatile State state = State.LATENT;

    private volatile @Nullable TrellisException failure;

    /** The life of a node's owners; FAILED may follow from any state but STOPPED, and only STOPPED follows from it. */
    public enum State {
        LATENT,
        /** Statements are taken and wait for {@link #serving}. */
        STARTED,
        STOPPING,
        STOPPED,
        /** The journal or the store has failed: nothing is acknowledged any more, the node must be started again. */
        FAILED
    }

    /**
     * Owners that have not begun yet.
     *
     * @param catalog the newest catalog that this node knows; asked for every statement
     * @param terms the term under which this node owns a partition, above every earlier one
     * @param onFailure hears once when acknowledgements have ended for good; may be called on any thread, must not block
     */
    public PartitionOwners(
            NodeStore store,
            Supplier<Catalog> catalog,
            IntToLongFunction terms,
            OwnerSettings settings,
            NanoClock clock,
            WallClock wallClock,
            Consumer<TrellisException> onFailure) {
        this.wallClock = wallClock;
        this.onFailure = onFailure;
        this.sessions = new SessionTokens(settings.maxSessions());
        HybridClock hybridClock = new HybridClock(wallClock);
        this.surroundings = new OwnerSurroundings(
                store, catalog, terms, settings, new OwnerMetrics(), clock, hybridClock, this::failed);
        for (int number = 0; number < settings.writers(); number++) {
            writers.add(new Writer(number, surroundings));
        }
        for (int partition = 0; partition < store.partitionCount(); partition++) {
            hybridClock.observe(store.partition(partition).lastCommitTimestamp());
            writerOf(partition)
                    .own(new OwnedPartition(store.partition(partition), store.journal(), settings.rowIdBlock()));
        }
    }

    /** Starts the writers and the term of every partition; statements may come from now on. */
    public void start(ThreadFactory factory) {
        activate();
        for (Writer writer : writers) {
            Thread thread = factory.newThread(() -> live(writer));
            threads.add(thread);
            thread.start();
        }
    }

    /** Starts without threads: the caller runs the writers' rounds. */
    List<Writer> startByHand() {
        activate();
        return writers;
    }

    /** Done when every partition has its barrier applied; fails when the node breaks or stops before. */
    public CompletionStage<Void> serving() {
        return CompletableFuture.allOf(writers.stream().map(Writer::serving).toArray(CompletableFuture<?>[]::new));
    }

    public State state() {
        return state;
    }

    /**
     * A session begins whose id was never used: its first requests need no look-up of earlier results. Sessions that are
     * resumed from before this node started must not be named here.
     */
    public void beginSession(long session) {
        sessions.begin(session);
    }

    /**
     * Executes a changing statement once. A request whose token is running joins it; one whose token was applied gets the
     * stored results.
     *
     * <p>Fails, among what its commands throw, with SCHEMA_CHANGED (plan again), LOCK_TIMEOUT, STATEMENT_TIMEOUT,
     * STATEMENT_CANCELLED, INSUFFICIENT_RESOURCES, SERVER_STOPPING: nothing has happened; OUTCOME_UNKNOWN: it may have, ask
     * again with the same token.
     */
    public CompletionStage<WriteResult> write(WriteStatement statement) {
        requireDistinctPartitions(statement);
        RunningStatement fresh =
                new RunningStatement(statement, starts.incrementAndGet(), wallClock.epochMillis(), this::finished);
        Token token = statement.token();
        if (token != null) {
            RunningStatement same = running.putIfAbsent(Request.of(token), fresh);
            if (same != null) {
                surroundings.metrics().joined.increment();
                return same.answer();
            }
        }
        for (PartitionWrite part : statement.parts()) {
            fresh.add(new StatementPart(fresh, part, writerOf(part.partition())));
        }
        live.add(fresh);
        // Only now: stopping looks at the live statements after it has changed the state.
        TrellisException refusal = refusal();
        if (refusal == null) {
            refusal = begin(fresh);
        }
        if (refusal != null) {
            fresh.end();
            fresh.fail(refusal);
        }
        return fresh.answer();
    }

    /** Ends a running statement unless it is on its way into the journal. Its answer says what became of it. */
    public void cancel(Token token) {
        RunningStatement statement = running.get(Request.of(token));
        if (statement != null) {
            endSoon(statement, new TrellisException(ErrorCode.STATEMENT_CANCELLED, "statement was cancelled"));
        }
    }

    /**
     * Reserves values of an IDENTITY column's counter for good, also over crashes. Take many at a time: each call is an entry
     * of the log.
     *
     * @param partition keeps the counter; the caller chooses one and stays with it
     * @param columnId at least 1
     */
    public CompletionStage<CounterRange> reserve(int partition, long containerId, int columnId, int count) {
        if (columnId < 1 || count < 1) {
            throw new IllegalArgumentException("column and count must be positive: " + columnId + ", " + count);
        }
        return system(List.of(partition), containerId, new SystemCommand.Reserve(containerId, columnId, count))
                .thenApply(result -> new CounterRange(result.updateCount(), count));
    }

    /** Writes the catalog's newest descriptor of a container into every partition's log, which writes otherwise do when needed. */
    public CompletionStage<Void> defineNow(long containerId) {
        return system(allPartitions(), containerId, new SystemCommand.Define(containerId))
                .thenAccept(result -> {});
    }

    /** Removes a container's data from every partition that has any; to be called after the catalog has forgotten it. */
    public CompletionStage<Void> drop(long containerId) {
        return system(allPartitions(), containerId, new SystemCommand.Drop(containerId))
                .thenAccept(result -> {});
    }

    /**
     * Builds an index that the catalog has as WRITE_ONLY: adds the existing rows of every partition to it while statements go
     * on. May be called again after a crash. Fails when the node breaks or the container goes meanwhile.
     */
    public CompletionStage<IndexBuild> buildIndex(long containerId, long indexId) {
        return new IndexBuilder(this, containerId, indexId).build();
    }

    /**
     * Compares all that a partition holds with itself. Reads it on the caller's thread; when it changes meanwhile and does not
     * seem to fit together, its writer looks once more.
     *
     * @return sentences about what does not fit together; none when all is well
     */
    public CompletionStage<List<String>> verify(int partition) {
        PartitionVerification verification =
                new PartitionVerification(surroundings.store().partition(partition));
        if (!verification.runBesideWrites()) {
            writerOf(partition).send(new WriterEvent.Verify(verification));
            // Only now: a writer that has stopped does not hear it.
            TrellisException refusal = refusal();
            if (refusal != null) {
                verification.cancel(refusal);
            }
        }
        return verification.problems();
    }

    public OwnerCounters counters() {
        long underWay = writers.stream().mapToLong(Writer::underWay).sum();
        return surroundings.metrics().counters(underWay);
    }

    /**
     * Refuses new statements, lets those under way finish for a bounded time, ends the rest and stops the writers. Blocks; may
     * be called more than once, not by a writer thread.
     */
    @Override
    public void close() {
        if (moved(State.STARTED, State.STOPPING) && !threads.isEmpty()) {
            drain();
        }
        TrellisException stopping = stopping();
        live.forEach(statement -> {
            if (statement.end()) {
                statement.fail(stopping);
            } else {
                statement.fail(unknown(stopping));
            }
        });
        writers.forEach(writer -> writer.send(new WriterEvent.Stop()));
        threads.forEach(PartitionOwners::join);
        stopped();
    }

    CompletionStage<WriteResult> system(List<Integer> partitions, long containerId, SystemCommand command) {
        List<PartitionWrite> parts = new ArrayList<>();
        for (int partition : partitions) {
            parts.add(new PartitionWrite(partition, containerId, SystemCommand.ANY_VERSION, command));
        }
        long noDeadline = surroundings.clock().nanoTime() + Long.MAX_VALUE / 2;
        return write(new WriteStatement(null, parts, noDeadline));
    }

    List<Integer> allPartitions() {
        List<Integer> all = new ArrayList<>();
        for (int partition = 0; partition < surroundings.store().partitionCount(); partition++) {
            all.add(partition);
        }
        return all;
    }

    Catalog catalog() {
        return surroundings.catalog().get();
    }

    void backfill(IndexBackfill backfill) {
        writerOf(backfill.partition()).send(new WriterEvent.Backfill(backfill));
    }

    private Writer writerOf(int partition) {
        return writers.get(partition % writers.size());
    }

    private void activate() {
        if (!moved(State.LATENT, State.STARTED)) {
            throw new IllegalStateException("owners have been started before: " + state);
        }
        writers.forEach(writer -> writer.send(new WriterEvent.Activate()));
    }

    private static void live(Writer writer) {
        while (!writer.isStopped()) {
            if (!writer.round()) {
                writer.sleep();
            }
        }
    }

    /** Sends the statement to its writers, or says why not. */
    private @Nullable TrellisException begin(RunningStatement statement) {
        Token token = statement.token();
        SessionTokens.Verdict verdict = token == null ? SessionTokens.Verdict.FIRST : sessions.admit(token);
        if (verdict == SessionTokens.Verdict.FORGOTTEN) {
            return new TrellisException(
                    ErrorCode.OUTCOME_UNKNOWN, "statement was answered and its result is no longer kept: " + token);
        }
        if (!admit(statement)) {
            surroundings.metrics().refused.increment();
            return new TrellisException(
                    ErrorCode.INSUFFICIENT_RESOURCES,
                    "too many statements are under way, try again: at most "
                            + surroundings.settings().maxPartsPerWriter() + " per writer");
        }
        if (verdict == SessionTokens.Verdict.PERHAPS_REPEATED) {
            statement.parts().get(0).writer().send(new WriterEvent.LookUp(statement));
        } else {
            surroundings.metrics().statements.increment();
            statement.parts().forEach(part -> part.writer().send(new WriterEvent.Begin(part)));
        }
        return null;
    }

    private static boolean admit(RunningStatement statement) {
        List<StatementPart> admitted = new ArrayList<>();
        for (StatementPart part : statement.parts()) {
            if (!part.writer().admit()) {
                admitted.forEach(each -> each.writer().dismiss());
                return false;
            }
            admitted.add(part);
        }
        return true;
    }

    private @Nullable TrellisException refusal() {
        TrellisException ended = failure;
        if (ended != null) {
            return ended;
        }
        return switch (state) {
            case STARTED -> null;
            case LATENT -> new TrellisException(ErrorCode.NOT_READY, "server is not ready yet");
            case STOPPING, STOPPED, FAILED -> stopping();
        };
    }

    private synchronized boolean moved(State from, State to) {
        boolean possible = state == from;
        if (possible) {
            state = to;
        }
        return possible;
    }

    private synchronized void stopped() {
        state = State.STOPPED;
    }

    /** Whether this is the first failure. */
    private synchronized boolean fail(TrellisException reason) {
        if (failure != null || state == State.STOPPED) {
            return false;
        }
        failure = reason;
        state = State.FAILED;
        return true;
    }

    private static TrellisException stopping() {
        return new TrellisException(ErrorCode.SERVER_STOPPING, "server is stopping");
    }

    private static TrellisException unknown(TrellisException reason) {
        return new TrellisException(
                ErrorCode.OUTCOME_UNKNOWN,
                "outcome of the statement is unknown, it may be in the journal: " + reason.getMessage(),
                reason);
    }

    private void endSoon(RunningStatement statement, TrellisException reason) {
        statement.parts().get(0).writer().send(new WriterEvent.End(statement, reason));
    }

    /** The journal or the store has failed, or a writer found a defect: from any thread. */
    private void failed(Throwable cause) {
        TrellisException reason = cause instanceof TrellisException known
                ? known
                : new TrellisException(ErrorCode.IO_ERROR, "node can no longer write, restart it: " + cause, cause);
        if (!fail(reason)) {
            return;
        }
        writers.forEach(writer -> writer.send(new WriterEvent.Broken(reason)));
        for (RunningStatement statement : live) {
            if (statement.end()) {
                statement.fail(reason);
            } else {
                statement.fail(unknown(reason));
            }
        }
        onFailure.accept(reason);
    }

    private void finished(RunningStatement statement) {
        Token token = statement.token();
        if (token != null) {
            running.remove(Request.of(token), statement);
        }
        live.remove(statement);
        if (live.isEmpty() && state != State.STARTED) {
            drained.complete(null);
        }
    }

    private void drain() {
        if (!isDrainedWithin(surroundings.settings().drainTimeout().toNanos())) {
            live.forEach(statement -> endSoon(statement, stopping()));
            isDrainedWithin(TimeUnit.SECONDS.toNanos(FLUSH_SECONDS_MAX));
        }
    }

    private boolean isDrainedWithin(long nanos) {
        if (live.isEmpty()) {
            return true;
        }
        try {
            drained.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void requireDistinctPartitions(WriteStatement statement) {
        Set<Integer> seen = new HashSet<>();
        for (PartitionWrite part : statement.parts()) {
            if (!seen.add(part.partition())) {
                throw new IllegalArgumentException("two parts of a statement for one partition: " + part.partition());
            }
        }
    }

    /** A token without what changes from one request to the next. */
    private record Request(long session, long sequence) {
        static Request of(Token token) {
            return new Request(token.session(), token.sequence());
        }
    }
}
