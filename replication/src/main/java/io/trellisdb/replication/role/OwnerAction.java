package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;

/** What the caller of the owner's core has to do. */
public sealed interface OwnerAction {
    /** Append the entry to the journal, behind all appended before it; report {@link OwnerEvent.Durable}. */
    record Append(JournalEntry entry) implements OwnerAction {}

    /** Apply the entry to the store, behind all applied before it; report {@link OwnerEvent.Applied}. */
    record Apply(JournalEntry entry) implements OwnerAction {}

    /** Let statements in. */
    record Serve() implements OwnerAction {}

    /** The statement of this entry is done: release its locks and answer. */
    record Answer(long lsn) implements OwnerAction {}

    /** The outcome of this entry's statement is unknown: say so. */
    record GiveUp(long lsn) implements OwnerAction {}
}
