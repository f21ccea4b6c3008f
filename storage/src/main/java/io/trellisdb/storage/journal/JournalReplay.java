package io.trellisdb.storage.journal;

import io.trellisdb.storage.JournalEntry;
import java.util.List;

/** Hears the entries of a journal that is read back, group by group, in the order in which they were appended. */
public interface JournalReplay {
    /** Wants no content and remembers nothing. */
    JournalReplay NOTHING = new JournalReplay() {
        @Override
        public boolean isWanted(int partition, long lsn) {
            return false;
        }

        @Override
        public void accept(List<Replayed> group) {}
    };

    /**
     * An entry and its chain hash; an unwanted entry comes without its result and operations.
     *
     * @param length bytes of its payload
     */
    record Replayed(JournalEntry entry, long hash, int length) {}

    /** Whether an entry's content is needed; otherwise it is not decoded. */
    default boolean isWanted(int partition, long lsn) {
        return true;
    }

    /** Whether what lies at a position is of the partition's present history; otherwise nobody hears of it. */
    default boolean isOwn(int partition, long position) {
        return true;
    }

    /** A failure ends the recovery. */
    void accept(List<Replayed> group);
}
