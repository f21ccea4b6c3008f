package io.trellisdb.replication;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.replication.lock.LockOwner;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteDecision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of a running statement. Confined to the partition's writer; only its result is read by others, after
 * the statement's counts have passed it on.
 */
final class StatementPart implements LockOwner.Listener {
    private final RunningStatement statement;
    private final PartitionWrite write;
    private final Writer writer;
    private final LockOwner locks;
    /** The highest hidden row id that the decision uses, by container. */
    private final Map<Long, Long> rowIds = new HashMap<>();

    private Phase phase = Phase.READY;
    private long waitDeadlineNanos;
    private @Nullable ContainerDescriptor definition;
    private @Nullable WriteDecision decision;

    /** Where a part stands. */
    enum Phase {
        /** To be run, for the first time or again. */
        READY,
        /** Waits for a lock. */
        WAITING,
        /** Holds its locks and its decision. */
        DECIDED,
        /** Its entry is in the journal, or on the way there without return. */
        APPENDED,
        /** Holds nothing any more. */
        RETIRED
    }

    StatementPart(RunningStatement statement, PartitionWrite write, Writer writer) {
        this.statement = statement;
        this.write = write;
        this.writer = writer;
        this.locks = new LockOwner(statement.startOrder(), this);
    }

    RunningStatement statement() {
        return statement;
    }

    PartitionWrite write() {
        return write;
    }

    int partition() {
        return write.partition();
    }

    Writer writer() {
        return writer;
    }

    LockOwner locks() {
        return locks;
    }

    Phase phase() {
        return phase;
    }

    long waitDeadlineNanos() {
        return waitDeadlineNanos;
    }

    Map<Long, Long> rowIds() {
        return rowIds;
    }

    /** The descriptor that the log must have before this part's operations, or null when it has it. */
    @Nullable
    ContainerDescriptor definition() {
        return definition;
    }

    void begin(@Nullable ContainerDescriptor toDefine) {
        definition = toDefine;
        decision = null;
        rowIds.clear();
    }

    void ready() {
        phase = Phase.READY;
    }

    void waitUntil(long deadlineNanos) {
        phase = Phase.WAITING;
        waitDeadlineNanos = deadlineNanos;
    }

    void decide(WriteDecision decided) {
        decision = decided;
        phase = Phase.DECIDED;
    }

    void appended() {
        phase = Phase.APPENDED;
    }

    void retire() {
        phase = Phase.RETIRED;
    }

    List<Operation> operations() {
        return decision().operations();
    }

    StoredResult result() {
        return decision().result();
    }

    /** Whether the part changes nothing and answers nothing that a repeated request would miss. */
    boolean isVoid() {
        StoredResult result = result();
        boolean defines = definition != null && write.command() instanceof SystemCommand.Define;
        return !defines
                && operations().isEmpty()
                && result.updateCount() == 0
                && (result.returning() == null || result.returning().rowCount() == 0);
    }

    private WriteDecision decision() {
        WriteDecision decided = decision;
        if (decided == null) {
            throw new IllegalStateException("part has not decided: partition " + write.partition());
        }
        return decided;
    }

    @Override
    public boolean wound() {
        return switch (phase) {
            case READY -> true;
            case WAITING -> {
                writer.runAgain(this);
                yield true;
            }
            case DECIDED -> {
                boolean stopped = statement.takeBack();
                if (stopped) {
                    writer.runAgain(this);
                }
                yield stopped;
            }
            case APPENDED, RETIRED -> false;
        };
    }

    @Override
    public void granted() {
        writer.runAgain(this);
    }
}
