package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;

/** The hash that links an entry to the one after it; a pure function of the entry, which holds the hash before it. */
@FunctionalInterface
public interface ChainHash {
    long of(JournalEntry entry);
}
