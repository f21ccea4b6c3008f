package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CommitOutcome.Refused.Reason;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.metadata.LogEntry;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits that share one transaction: each is checked against the records as the ones before it in the group leave them.
 * Confined to the writer's thread.
 */
final class CommitGroup {
    private final MetadataTree tree;
    private final long epoch;
    private final long first;
    private final Map<String, Long> overlay = new HashMap<>();
    private final List<Member> members = new ArrayList<>();
    private final List<LogEntry> entries = new ArrayList<>();

    /** @param answer what it is told when the group is applied */
    private record Member(PendingCommit commit, CommitOutcome answer) {}

    CommitGroup(MetadataTree tree, long epoch) {
        this.tree = tree;
        this.epoch = epoch;
        this.first = tree.revision() + 1;
    }

    void add(PendingCommit pending) {
        CommitOutcome answer = decide(pending.commit());
        if (entries.isEmpty()) {
            // It depends on nothing that is still open.
            pending.complete(answer);
        } else {
            members.add(new Member(pending, answer));
        }
    }

    List<LogEntry> entries() {
        return entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void applied() {
        members.forEach(each -> each.commit().complete(each.answer()));
    }

    void refuse(Reason reason, String explanation) {
        members.forEach(each -> each.commit().refuse(reason, explanation));
    }

    void unknown(String explanation) {
        members.forEach(each -> each.commit().complete(new CommitOutcome.Unknown(explanation)));
    }

    private CommitOutcome decide(MetadataCommit commit) {
        Optional<MetadataCommit.Condition> conflict = commit.conditions().stream()
                .filter(condition -> revisionOf(condition.key()) != condition.revision())
                .findFirst();
        if (conflict.isPresent()) {
            MetadataCommit.Condition condition = conflict.get();
            return new CommitOutcome.Conflict(condition, revisionOf(condition.key()));
        }
        if (!commit.changes().isEmpty()) {
            LogEntry entry = new LogEntry(first + entries.size(), epoch, commit.changes());
            entries.add(entry);
            for (MetadataChange change : commit.changes()) {
                overlay.put(change.key(), change instanceof MetadataChange.Put ? entry.revision() : 0L);
            }
        }
        return new CommitOutcome.Applied(first + entries.size() - 1);
    }

    private long revisionOf(String key) {
        Long written = overlay.get(key);
        return written == null ? tree.revisionOf(key) : written;
    }
}
