package io.trellisdb.storage;

import java.util.List;

/**
 * Reads the entries of one partition in the order of its log, as far as they are written; more may follow later. Confined to
 * one thread at a time, closed by whoever opened it.
 */
public interface JournalCursor extends AutoCloseable {
    /**
     * An entry as it is logged.
     *
     * @param hash its chain hash
     */
    record Logged(JournalEntry entry, long hash) {}

    /**
     * The next entries, each following the one before: about so many bytes of them, at least one if there is one, none when
     * all that is written has been read.
     *
     * @throws io.trellisdb.common.error.TrellisException WRONG_OBJECT_STATE when the journal no longer holds the next entry,
     *     DATA_CORRUPTED when it cannot be read
     */
    List<Logged> next(int maxBytes);

    /** The LSN of the entry that comes next. */
    long nextLsn();

    @Override
    void close();
}
