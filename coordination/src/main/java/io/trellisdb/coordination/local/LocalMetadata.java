package io.trellisdb.coordination.local;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CommitOutcome.Refused.Reason;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataEvent;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.MetadataStore;
import io.trellisdb.coordination.Registration;
import io.trellisdb.coordination.metadata.CommitLimits;
import io.trellisdb.coordination.metadata.CommitLog;
import io.trellisdb.coordination.metadata.LogEntry;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A lone node's records: log first, then memory. Commits exclude each other by this object's lock; reads do not take it. */
final class LocalMetadata implements MetadataStore {
    private final MetadataTree tree;
    private final CommitLog log;
    private final Consumer<TrellisException> onFailure;
    private @Nullable Epoch current;
    private @Nullable TrellisException failure;

    LocalMetadata(MetadataTree tree, CommitLog log, Consumer<TrellisException> onFailure) {
        this.tree = tree;
        this.log = log;
        this.onFailure = onFailure;
    }

    /** Begins a mastership: the first thing that the log hears of it. */
    synchronized void fence(Epoch epoch, List<MetadataChange> more) {
        List<MetadataChange> changes = new ArrayList<>(more);
        changes.add(new MetadataChange.Put(Identity.EPOCH_KEY, Identity.encode(epoch)));
        LogEntry entry = new LogEntry(tree.revision() + 1, epoch.number(), changes);
        log.append(entry);
        tree.apply(entry);
        current = epoch;
    }

    /** Ends the mastership, and all commits with it. */
    synchronized void close() {
        if (current != null) {
            current = null;
            log.close();
        }
    }

    @Override
    public long revision() {
        return tree.revision();
    }

    @Override
    public Optional<MetadataRecord> find(String key) {
        return tree.find(key);
    }

    @Override
    public MetadataImage image(String prefix) {
        return tree.image(prefix);
    }

    @Override
    public CommitOutcome commit(Epoch epoch, MetadataCommit commit) {
        CommitOutcome outcome = decide(epoch, commit);
        TrellisException fatal = takeFailure();
        if (fatal != null) {
            // Not under the lock: who hears it has a lock of its own, under which it closes this.
            onFailure.accept(fatal);
        }
        return outcome;
    }

    private synchronized CommitOutcome decide(Epoch epoch, MetadataCommit commit) {
        Optional<CommitOutcome> refusal = refuse(epoch, commit);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<MetadataCommit.Condition> conflict = tree.findConflict(commit);
        if (conflict.isPresent()) {
            MetadataCommit.Condition condition = conflict.get();
            return new CommitOutcome.Conflict(condition, tree.revisionOf(condition.key()));
        }
        if (commit.changes().isEmpty()) {
            return new CommitOutcome.Applied(tree.revision());
        }
        LogEntry entry = new LogEntry(tree.revision() + 1, epoch.number(), commit.changes());
        try {
            log.append(entry);
        } catch (TrellisException e) {
            if (!log.isFailed()) {
                return new CommitOutcome.Refused(Reason.STORAGE, e.getMessage());
            }
            failure = e;
            return new CommitOutcome.Unknown(e.getMessage());
        }
        tree.apply(entry);
        compact();
        return new CommitOutcome.Applied(entry.revision());
    }

    private synchronized @Nullable TrellisException takeFailure() {
        TrellisException taken = failure;
        failure = null;
        return taken;
    }

    @Override
    public Registration watch(String prefix, long afterRevision, Consumer<MetadataEvent> listener) {
        return tree.watch(prefix, afterRevision, listener);
    }

    private Optional<CommitOutcome> refuse(Epoch epoch, MetadataCommit commit) {
        Epoch mine = current;
        if (mine == null || log.isFailed()) {
            return refused(Reason.NOT_LEADER, "metadata are closed or have failed");
        }
        if (!mine.equals(epoch)) {
            return refused(Reason.WRONG_EPOCH, "epoch is " + mine.number() + ", not " + epoch.number());
        }
        boolean isOwn =
                commit.changes().stream().anyMatch(change -> change.key().equals(Identity.EPOCH_KEY));
        return isOwn
                ? refused(Reason.NOT_LEADER, "epoch is written by coordination itself")
                : CommitLimits.refusal(commit);
    }

    private static Optional<CommitOutcome> refused(Reason reason, String explanation) {
        return Optional.of(new CommitOutcome.Refused(reason, explanation));
    }

    /** The commit before it stands, whatever becomes of this. */
    private void compact() {
        try {
            log.compactIfLong(
                    tree.revision(), tree.epoch(), () -> tree.image("").records());
        } catch (TrellisException e) {
            failure = e;
        }
    }
}
