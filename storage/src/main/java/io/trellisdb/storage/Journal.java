package io.trellisdb.storage;

import java.util.List;

/**
 * The update logs of all partitions of a node, interleaved in one append-only file sequence with one flush thread.
 * {@link #append} may be called by several threads; one partition's entries by one thread.
 */
public interface Journal {
    /**
     * Appends a group of entries (of one or several partitions) that is whole or absent after a crash, and returns at once.
     *
     * @param onDurable called once by the flush thread when the group may be acknowledged under the journal's level; must not
     *     block. Not called when the journal fails: then {@code onFailure} of the owner ends the node's acknowledgements
     */
    void append(List<JournalEntry> group, DurabilityListener onDurable);

    /** The chain hash of an entry, from its encoded frame and the hash before it. */
    long chainHash(JournalEntry entry);

    /**
     * Reads a partition's entries that follow an LSN. What is read is kept only by a {@linkplain #hold hold}.
     *
     * @throws io.trellisdb.common.error.TrellisException NOT_SUPPORTED when this journal keeps nothing
     */
    JournalCursor read(int partition, long afterLsn);

    /**
     * Keeps a partition's entries from this LSN on, which may be gone already, until the hold is closed or lapses.
     *
     * @param maxBytes the size of the whole journal beyond which the hold lapses
     */
    JournalHold hold(int partition, long fromLsn, long maxBytes);

    /** Bytes from the oldest kept segment to the end. */
    long sizeBytes();

    /** Whether a write or flush has failed; then nothing is acknowledged any more. */
    boolean isFailed();

    /**
     * Hears what became of an appended group; exactly one of the two is called: by the flush thread, or, in memory and
     * when the journal has failed already, by the appender before {@link #append} returns.
     */
    interface DurabilityListener {
        void durable();

        void failed(RuntimeException cause);
    }

    /** When an entry may be acknowledged. */
    enum Level {
        /** After the fsync. */
        FLUSH,
        /** After the write; fsynced within a second. */
        BUFFERED
    }
}
