package io.trellisdb.replication;

import io.trellisdb.storage.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * A sealed statement on its way into the journal: it visits the writers of its parts in the order of their numbers and
 * collects an entry of each. Confined to the writer that it visits.
 *
 * <p>A visited writer appends nothing else until the group is in the journal, else a later entry could get there before this
 * one's. Since all groups visit in the same order and writers serve them first come first served, they cannot block each other.
 *
 * @param parts those that have something to append
 * @param writers those of the parts, in the order of their numbers
 * @param entries collected so far
 */
record AppendGroup(
        RunningStatement statement, List<StatementPart> parts, List<Writer> writers, List<JournalEntry> entries) {
    static AppendGroup of(RunningStatement statement, List<StatementPart> parts) {
        List<Writer> writers = parts.stream()
                .map(StatementPart::writer)
                .distinct()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
        return new AppendGroup(statement, parts, writers, new ArrayList<>());
    }

    boolean isLocal() {
        return writers.size() == 1;
    }

    Writer first() {
        return writers.get(0);
    }

    boolean endsAt(Writer writer) {
        return writers.get(writers.size() - 1) == writer;
    }

    Writer after(Writer writer) {
        return writers.get(writers.indexOf(writer) + 1);
    }
}
