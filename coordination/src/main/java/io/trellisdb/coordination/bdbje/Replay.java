package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.fencing.Fencing.HighestEpoch;
import io.trellisdb.coordination.metadata.LogEntry;
import io.trellisdb.coordination.metadata.LogFormat;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.util.Optional;

/**
 * Brings the records in memory up to what is committed: by the newest image where the log has been cut, else by the log.
 * Guarded by itself.
 */
final class Replay {
    /** An image is read instead of that many entries, or more. */
    private static final long IMAGE_AHEAD_MIN = 1_000;

    private final MetadataTree tree;
    private final HighestEpoch highest;
    private long epochSeen;

    Replay(MetadataTree tree, HighestEpoch highest) {
        this.tree = tree;
        this.highest = highest;
    }

    MetadataTree tree() {
        return tree;
    }

    /**
     * Follows another node's commits as far as they are known to be acknowledged.
     *
     * @return what the leader wrote last
     * @throws TrellisException DATA_CORRUPTED; also when a newer leader has less than was acknowledged before
     */
    synchronized Optional<LeaseRow> follow(Tables tables) {
        Optional<LeaseRow> lease = tables.findLease();
        if (lease.isPresent()) {
            LeaseRow row = lease.get();
            if (row.epoch() > epochSeen) {
                if (row.committed() < tree.revision()) {
                    throw lost(row);
                }
                highest.raise(row.epoch());
                epochSeen = row.epoch();
            }
            advance(tables, row.committed());
        }
        return lease;
    }

    /** Applies all there is: the caller's fence has just made it acknowledged. Whether it got to the end. */
    synchronized boolean toEnd(Tables tables, long epoch) {
        long image = tables.images().last().orElse(0);
        long last = Math.max(image, tables.log().last().orElse(0));
        if (last < tree.revision()) {
            throw lost(new LeaseRow(epoch, last, 0));
        }
        advance(tables, last);
        boolean isAtEnd = tree.revision() == last;
        if (isAtEnd) {
            epochSeen = Math.max(epochSeen, epoch);
        }
        return isAtEnd;
    }

    /** Applies an entry that this node, as leader, has got acknowledged; one that is known already is passed over. */
    synchronized void committed(LogEntry entry) {
        if (entry.revision() == tree.revision() + 1) {
            tree.apply(entry);
        }
    }

    private void advance(Tables tables, long upTo) {
        if (tree.revision() + IMAGE_AHEAD_MIN <= upTo) {
            loadImage(tables);
        }
        while (tree.revision() < upTo) {
            long next = tree.revision() + 1;
            Optional<byte[]> bytes = tables.log().find(next);
            if (bytes.isEmpty()) {
                if (!loadImage(tables)) {
                    return;
                }
                continue;
            }
            LogEntry entry = LogFormat.decodeEntry(bytes.get(), 0, bytes.get().length);
            if (entry.revision() != next) {
                throw new TrellisException(
                        ErrorCode.DATA_CORRUPTED,
                        "metadata are damaged: entry " + next + " says it is " + entry.revision());
            }
            tree.apply(entry);
        }
    }

    /** Images hold committed revisions only, so that they may be loaded before their own write is acknowledged. */
    private boolean loadImage(Tables tables) {
        long number = tables.images().last().orElse(0);
        if (number <= tree.revision()) {
            return false;
        }
        Optional<byte[]> bytes = tables.images().find(number);
        bytes.ifPresent(image -> tree.replace(LogFormat.decodeImage(image, 0, image.length)));
        return bytes.isPresent();
    }

    private TrellisException lost(LeaseRow row) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED,
                "acknowledged metadata are lost: epoch " + row.epoch() + " begins at revision " + row.committed()
                        + ", this node has applied " + tree.revision());
    }
}
