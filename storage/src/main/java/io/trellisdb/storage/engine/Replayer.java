package io.trellisdb.storage.engine;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.journal.JournalReplay;
import io.trellisdb.storage.table.StoredPartition;
import io.trellisdb.storage.table.TableStore;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Applies what a journal holds and the tables do not, and checks that each partition's entries follow each other. One use,
 * confined to one thread.
 */
final class Replayer implements JournalReplay {
    private static final int ROUND_ENTRIES = 2000;
    private static final long ROUND_ROWS = 20_000;

    private final TableStore tables;
    private final long[] applied;
    private final long[] wantedFrom;
    private final long[] firstLsns;
    private final long[] lastLsns;
    private final long[] lastHashes;
    private final IdentityHashMap<JournalEntry, Long> hashes = new IdentityHashMap<>();
    private final List<JournalEntry> round = new ArrayList<>();
    private long roundRows;
    private long replayed;

    Replayer(TableStore tables) {
        this.tables = tables;
        this.applied = tables.appliedLsns();
        this.wantedFrom = tables.replayFroms();
        this.firstLsns = new long[applied.length];
        this.lastLsns = new long[applied.length];
        this.lastHashes = new long[applied.length];
    }

    /** The last LSN per partition that the journal holds; 0 where it holds none. */
    long[] lastLsns() {
        return lastLsns.clone();
    }

    /** Entries that the tables did not have at all. */
    long replayed() {
        return replayed;
    }

    @Override
    public boolean isWanted(int partition, long lsn) {
        return lsn >= wantedFrom[partition];
    }

    /** An image that is being installed has no log yet, and the log from before an image is another one's. */
    @Override
    public boolean isOwn(int partition, long position) {
        StoredPartition stored = tables.partition(partition);
        return !stored.isInstalling() && position >= stored.journalBeginning();
    }

    /** Sentences about partitions whose windows cannot be refilled, because the journal begins too late. */
    List<String> missingBeginnings() {
        List<String> sentences = new ArrayList<>();
        for (int partition = 0; partition < applied.length; partition++) {
            boolean isNeeded = wantedFrom[partition] <= applied[partition];
            if (isNeeded && (firstLsns[partition] == 0 || firstLsns[partition] > wantedFrom[partition])) {
                sentences.add("journal begins after rows that only it holds: partition " + partition + ", journal "
                        + firstLsns[partition] + ", needed from " + wantedFrom[partition]);
            }
        }
        return sentences;
    }

    @Override
    public void accept(List<Replayed> group) {
        for (Replayed each : group) {
            JournalEntry entry = each.entry();
            check(entry);
            firstLsns[entry.partition()] =
                    firstLsns[entry.partition()] == 0 ? entry.lsn() : firstLsns[entry.partition()];
            lastLsns[entry.partition()] = entry.lsn();
            lastHashes[entry.partition()] = each.hash();
            if (isWanted(entry.partition(), entry.lsn())) {
                round.add(entry);
                hashes.put(entry, each.hash());
                roundRows += entry.operations().size();
                replayed += entry.lsn() > applied[entry.partition()] ? 1 : 0;
            }
        }
        // never between two entries of a group: a statement over several partitions is applied whole
        if (round.size() >= ROUND_ENTRIES || roundRows >= ROUND_ROWS) {
            flush();
        }
    }

    private void check(JournalEntry entry) {
        int partition = entry.partition();
        long last = lastLsns[partition];
        if (last > 0 && entry.lsn() == last + 1) {
            if (entry.previousHash() != lastHashes[partition]) {
                throw hole(entry, "does not continue the entry before it");
            }
        } else if (entry.lsn() <= last || entry.lsn() > applied[partition] + 1) {
            throw hole(entry, "follows " + Math.max(last, applied[partition]));
        }
    }

    private static TrellisException hole(JournalEntry entry, String what) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED,
                "journal and data do not fit together: entry " + entry.lsn() + " of partition " + entry.partition()
                        + " " + what);
    }

    /** Applies what has been collected. */
    void flush() {
        tables.replay(round, entry -> hashes.getOrDefault(entry, 0L));
        round.clear();
        hashes.clear();
        roundRows = 0;
    }
}
