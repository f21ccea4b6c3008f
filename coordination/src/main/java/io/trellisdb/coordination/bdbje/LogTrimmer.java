package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.Durability;
import com.sleepycat.je.Transaction;
import io.trellisdb.coordination.metadata.LogEntry;
import io.trellisdb.coordination.metadata.LogFormat;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Bounds the log: when it has outgrown the records, all records are written as an image and what lies behind it is removed.
 * A node that is behind reads the image, which reaches it before the removal does. Confined to the writer's thread.
 */
final class LogTrimmer {
    /** Entries that are kept behind an image, for nodes that are a little behind. */
    static final long KEPT_ENTRIES = 1_000;

    private static final long ENTRIES_MIN = 2_000;
    private static final long BYTES_MIN = 4 << 20;
    /** Pieces that one transaction removes. */
    private static final int REMOVAL_MAX = 500;

    private final MetadataTree tree;
    private long entries;
    private long bytes;
    private long imageBytes;
    private long removeLogBelow;
    private long removeImagesBelow;

    /** Runs one transaction and says whether it is done. */
    @FunctionalInterface
    interface Transactions {
        boolean run(Durability durability, BiPredicate<Tables, Transaction> work);
    }

    LogTrimmer(MetadataTree tree) {
        this.tree = tree;
    }

    void added(List<LogEntry> more) {
        entries += more.size();
        more.forEach(entry -> bytes += MetadataTree.sizeOf(entry.changes()));
    }

    /** Does one step, if one is due. */
    void trim(Transactions transactions) {
        if (removeLogBelow > 0 || removeImagesBelow > 0) {
            remove(transactions);
        } else if ((entries >= ENTRIES_MIN || bytes >= BYTES_MIN) && bytes >= imageBytes) {
            writeImage(transactions);
        }
    }

    private void writeImage(Transactions transactions) {
        long revision = tree.revision();
        LogFormat.Image image =
                new LogFormat.Image(revision, tree.epoch(), tree.image("").records());
        byte[] encoded = LogFormat.encode(image);
        if (encoded.length > PiecedTable.TOTAL_LENGTH_MAX) {
            return;
        }
        boolean isDone = transactions.run(
                JeConfigs.FORCED, (tables, transaction) -> tables.images().add(transaction, revision, encoded));
        if (isDone) {
            entries = 0;
            bytes = 0;
            imageBytes = encoded.length;
            removeLogBelow = Math.max(0, revision - KEPT_ENTRIES);
            removeImagesBelow = revision;
        }
    }

    private void remove(Transactions transactions) {
        boolean[] isAllGone = new boolean[2];
        boolean isDone = transactions.run(JeConfigs.ACKNOWLEDGED, (tables, transaction) -> {
            isAllGone[0] = tables.log().removeBelow(transaction, removeLogBelow, REMOVAL_MAX);
            isAllGone[1] = tables.images().removeBelow(transaction, removeImagesBelow, REMOVAL_MAX);
            return true;
        });
        if (isDone && isAllGone[0]) {
            removeLogBelow = 0;
        }
        if (isDone && isAllGone[1]) {
            removeImagesBelow = 0;
        }
    }
}
