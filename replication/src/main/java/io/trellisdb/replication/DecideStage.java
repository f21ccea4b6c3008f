package io.trellisdb.replication;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteDecision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A writer's parts that have still to decide: runs those that can, keeps the time of those that wait. Confined like its writer. */
final class DecideStage {
    private final Writer writer;
    private final OwnerSurroundings surroundings;
    private final Deque<StatementPart> ready = new ArrayDeque<>();
    private final Set<StatementPart> waiting = new LinkedHashSet<>();
    private long nextDeadlineNanos;

    DecideStage(Writer writer, OwnerSurroundings surroundings) {
        this.writer = writer;
        this.surroundings = surroundings;
    }

    /** Puts a part that is new, has got its lock or was wounded behind the others that can run. */
    void runAgain(StatementPart part) {
        if (part.phase() == StatementPart.Phase.DECIDED) {
            surroundings.metrics().wounded.increment();
        }
        waiting.remove(part);
        part.ready();
        ready.add(part);
    }

    /** The part is being retired. One in {@code ready} stays there and is passed over. */
    void forget(StatementPart part) {
        waiting.remove(part);
    }

    /** Runs everything that can run. Returns whether there was anything to run. */
    boolean run() {
        boolean timedOut = endOverdue();
        if (ready.isEmpty() || isJournalBehind()) {
            return timedOut;
        }
        boolean ran = false;
        StatementPart part = ready.poll();
        while (part != null) {
            if (part.phase() == StatementPart.Phase.READY) {
                run(part);
            }
            ran = true;
            part = ready.poll();
        }
        return ran || timedOut;
    }

    long nanosToNextDeadline() {
        return waiting.isEmpty()
                ? Long.MAX_VALUE
                : nextDeadlineNanos - surroundings.clock().nanoTime();
    }

    void clear() {
        ready.clear();
        waiting.clear();
    }

    private void run(StatementPart part) {
        RunningStatement statement = part.statement();
        if (statement.hasEnded()) {
            writer.retireAnywhere(part);
            return;
        }
        long now = surroundings.clock().nanoTime();
        if (statement.deadlineNanos() - now <= 0) {
            writer.end(statement, timeout());
            return;
        }
        OwnedPartition partition = writer.partition(part.partition());
        Catalog catalog = surroundings.catalog().get();
        DecidingContext context = new DecidingContext(
                partition, part, catalog, surroundings.settings().maxRowLocks());
        WriteDecision decision;
        try {
            requireWritable(part.write().command());
            part.begin(checkSchema(part.write(), partition, catalog));
            decision = decide(part, context);
        } catch (LockUnavailable signal) {
            context.close();
            waitForLock(part, now);
            return;
        } catch (TrellisException e) {
            context.close();
            writer.end(statement, e);
            return;
        } catch (RuntimeException | StackOverflowError e) {
            context.close();
            writer.end(statement, new TrellisException(ErrorCode.INTERNAL, "statement failed by a defect: " + e, e));
            return;
        }
        if (context.close()) {
            TrellisException defect =
                    new TrellisException(ErrorCode.INTERNAL, "command went on without its lock: " + part.write());
            writer.end(statement, defect);
            return;
        }
        part.decide(decision);
        if (statement.decided()) {
            seal(statement);
        }
    }

    /** Statements wait while the journal writes what it has: the next round comes at the latest when some of it is durable. */
    private boolean isJournalBehind() {
        try {
            surroundings.store().requireWritable();
            return false;
        } catch (TrellisException e) {
            return e.code() == ErrorCode.INSUFFICIENT_RESOURCES;
        }
    }

    /** A drop is let through: it is what makes room. */
    private void requireWritable(WriteCommand command) {
        try {
            surroundings.store().requireWritable();
        } catch (TrellisException e) {
            boolean passes = command instanceof SystemCommand.Drop || e.code() == ErrorCode.INSUFFICIENT_RESOURCES;
            if (!passes) {
                throw e;
            }
        }
    }

    /**
     * The descriptor that the log lacks, or null.
     *
     * <p>The container's lock makes this check hold until the append: a new version is only logged under the exclusive lock.
     */
    private static @Nullable ContainerDescriptor checkSchema(
            PartitionWrite write, OwnedPartition partition, Catalog catalog) {
        ContainerDescriptor newest = catalog.findContainer(write.containerId()).orElse(null);
        if (write.schemaVersion() != SystemCommand.ANY_VERSION) {
            int version = newest == null ? 0 : newest.version();
            if (write.schemaVersion() != version) {
                throw new TrellisException(
                        ErrorCode.SCHEMA_CHANGED,
                        "table has changed since the statement was planned: container " + write.containerId()
                                + ", planned for version " + write.schemaVersion() + ", now " + version);
            }
        }
        if (newest == null) {
            return null;
        }
        int logged = partition.loggedVersion(newest.id());
        if (logged > newest.version()) {
            throw new TrellisException(
                    ErrorCode.INTERNAL,
                    "catalog is older than the data: container " + newest.id() + ", catalog " + newest.version()
                            + ", partition " + logged);
        }
        return logged < newest.version() ? newest : null;
    }

    private WriteDecision decide(StatementPart part, DecidingContext context) {
        long containerId = part.write().containerId();
        if (part.definition() == null) {
            context.shareContainer(containerId);
        } else {
            context.lockContainer(containerId);
        }
        WriteDecision decision = part.write().command().decide(context);
        long size = OperationSize.of(decision.operations());
        if (size > surroundings.settings().maxStatementBytes()) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "statement changes too much in one partition: " + size + " bytes, at most "
                            + surroundings.settings().maxStatementBytes());
        }
        return decision;
    }

    private void waitForLock(StatementPart part, long now) {
        surroundings.metrics().lockWaits.increment();
        long lockDeadline = now + surroundings.settings().lockTimeout().toNanos();
        long statementDeadline = part.statement().deadlineNanos();
        long deadline = statementDeadline - lockDeadline < 0 ? statementDeadline : lockDeadline;
        part.waitUntil(deadline);
        if (waiting.isEmpty() || deadline - nextDeadlineNanos < 0) {
            nextDeadlineNanos = deadline;
        }
        waiting.add(part);
    }

    private boolean endOverdue() {
        long now = surroundings.clock().nanoTime();
        if (waiting.isEmpty() || nextDeadlineNanos - now > 0) {
            return false;
        }
        List<StatementPart> overdue = new ArrayList<>();
        long next = now + surroundings.settings().lockTimeout().toNanos();
        for (StatementPart part : waiting) {
            long deadline = part.waitDeadlineNanos();
            if (deadline - now <= 0) {
                overdue.add(part);
            } else if (deadline - next < 0) {
                next = deadline;
            }
        }
        nextDeadlineNanos = next;
        overdue.forEach(part -> writer.end(part.statement(), overdue(part, now)));
        return !overdue.isEmpty();
    }

    private TrellisException overdue(StatementPart part, long now) {
        if (part.statement().deadlineNanos() - now <= 0) {
            return timeout();
        }
        surroundings.metrics().lockTimeouts.increment();
        return new TrellisException(
                ErrorCode.LOCK_TIMEOUT,
                "lock was not free in time: container " + part.write().containerId() + ", waited "
                        + surroundings.settings().lockTimeout().toMillis() + " ms");
    }

    private static TrellisException timeout() {
        return new TrellisException(
                ErrorCode.STATEMENT_TIMEOUT, "statement took longer than its timeout; nothing was changed");
    }

    private void seal(RunningStatement statement) {
        List<StatementPart> parts = new ArrayList<>();
        for (StatementPart part : statement.parts()) {
            if (!part.isVoid()) {
                parts.add(part);
            }
        }
        statement.expectApplied(parts.size());
        for (StatementPart part : statement.parts()) {
            if (part.isVoid()) {
                writer.retireAnywhere(part);
            }
        }
        if (parts.isEmpty()) {
            writer.reply(statement::complete);
        } else {
            writer.append(AppendGroup.of(statement, parts));
        }
    }
}
