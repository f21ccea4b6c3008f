package io.trellisdb.replication.role;

import io.trellisdb.replication.role.UpdateLog.TermStart;
import io.trellisdb.storage.JournalEntry;
import java.util.List;

/**
 * What replicas of one partition say to each other. Messages may be lost, repeated and reordered; one that is not addressed
 * to the receiver's incarnation is not for it.
 */
public sealed interface Message {
    ReplicaId from();

    ReplicaId to();

    /** The sender's term: the newest it has promised. */
    long term();

    /**
     * Owner to the others: the entries behind a position, perhaps none.
     *
     * @param configurationVersion that the owner works by
     * @param previousHash the chain hash at {@code previous}
     * @param commitLsn what is committed, perhaps beyond these entries
     */
    record Append(
            ReplicaId from,
            ReplicaId to,
            long term,
            long configurationVersion,
            Position previous,
            long previousHash,
            List<JournalEntry> entries,
            long commitLsn)
            implements Message {
        public Append {
            entries = List.copyOf(entries);
        }

        long endLsn() {
            return previous.lsn() + entries.size();
        }
    }

    /** The sender has everything up to {@code durableLsn} as the owner of this term has it, and will find it after a crash. */
    record Appended(ReplicaId from, ReplicaId to, long term, long durableLsn) implements Message {}

    /**
     * The entries did not fit behind the sender's log, which looks like this.
     *
     * @param termStarts the newest of its terms, oldest first
     */
    record NotMatched(ReplicaId from, ReplicaId to, long term, long lastLsn, List<TermStart> termStarts)
            implements Message {
        public NotMatched {
            termStarts = List.copyOf(termStarts);
        }
    }

    /** The term of a message was too old: the sender has promised this one. */
    record Refused(ReplicaId from, ReplicaId to, long term) implements Message {}

    /** Backup to owner: what is committed now? */
    record ReadIndex(ReplicaId from, ReplicaId to, long term, long request) implements Message {}

    /** Owner to backup, under a valid lease only: everything answered before the request is at or before {@code commitLsn}. */
    record ReadIndexAnswer(ReplicaId from, ReplicaId to, long term, long request, long commitLsn) implements Message {}

    /**
     * Owner to catch-up: a piece of an image.
     *
     * @param end what the image holds
     * @param number of the piece, from 0
     */
    record ImageChunk(
            ReplicaId from,
            ReplicaId to,
            long term,
            long imageId,
            UpdateLog.Mark end,
            int number,
            int count,
            byte[] payload,
            int checksum)
            implements Message {}

    /** Catch-up to owner: which piece it needs next; {@code next} = all of them means that the image is installed. */
    record ImageWanted(ReplicaId from, ReplicaId to, long term, long imageId, int next) implements Message {}
}
