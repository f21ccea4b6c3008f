package io.trellisdb.storage;

import io.trellisdb.common.token.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a partition's update log.
 *
 * @param partition the partition whose log this is
 * @param term the ownership under which it was appended
 * @param lsn its position in the partition's log, from 1 without gaps
 * @param previousHash the chain hash of the entry before it, 0 for the first
 * @param commitTimestamp hybrid logical time, increasing within the partition
 * @param token names the statement, or null for entries that no client asked for
 * @param result what the statement answers, or null without a token
 */
public record JournalEntry(
        int partition,
        Kind kind,
        long term,
        long lsn,
        long previousHash,
        long commitTimestamp,
        @Nullable Token token,
        @Nullable StoredResult result,
        List<Operation> operations) {
    /** The kinds of frames of the journal's format; the codes are part of it. */
    public enum Kind {
        OPERATIONS(1),
        /** First entry of a term; carries no operations. */
        BARRIER(2),
        /** A piece of an entry that is larger than a frame may be. */
        PART(3),
        /** Closes the parts of an entry. */
        COMMIT(4),
        PREPARE(5),
        DECIDE(6),
        FORGET(7),
        /** The journal's own: the position that was known fsynced before it. */
        FLUSH(8);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    public JournalEntry {
        operations = List.copyOf(operations);
    }
}
