package io.trellisdb.storage.journal;

import io.trellisdb.storage.JournalEntry;
import java.util.List;

/** Hears the entries of a journal that is read back, group by group, in the order in which they were appended. */
@FunctionalInterface
public interface JournalReplay {
    /** An entry and its chain hash. */
    record Replayed(JournalEntry entry, long hash) {}

    /** A failure ends the recovery. */
    void accept(List<Replayed> group);
}
