package io.trellisdb.storage;

/** Keeps the entries of one partition in the journal for a reader. Safe for all threads. */
public interface JournalHold extends AutoCloseable {
    /** The LSN of the oldest entry that is kept. */
    long fromLsn();

    /** Entries before this one are not needed any more; a hold never goes back. */
    void advance(long fromLsn);

    /** Whether the journal grew beyond the hold's bound, so that it keeps nothing any more. */
    boolean isLapsed();

    @Override
    void close();
}
