package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The kept part of a partition's update log, in memory: what follows a base that is applied and committed. Confined like its
 * replica.
 */
public final class UpdateLog {
    private final ChainHash chainHash;
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<Long> hashes = new ArrayList<>();
    private Mark base;

    /**
     * A position with what links the next entry to it.
     *
     * @param hash the chain hash of the entry there, 0 at the start
     * @param timestamp its commit timestamp, 0 at the start
     */
    public record Mark(Position position, long hash, long timestamp) {
        public static final Mark START = new Mark(Position.START, 0, 0);

        public long lsn() {
            return position.lsn();
        }
    }

    /** The first entry of a term in a log; all up to the next term's first have the same term. */
    public record TermStart(long term, long lsn) {}

    /** A log that holds nothing behind {@code base}. */
    public UpdateLog(Mark base, ChainHash chainHash) {
        this.base = base;
        this.chainHash = chainHash;
    }

    public Mark base() {
        return base;
    }

    public long lastLsn() {
        return base.lsn() + entries.size();
    }

    public Position last() {
        return new Position(termAt(lastLsn()), lastLsn());
    }

    long lastTimestamp() {
        return entries.isEmpty()
                ? base.timestamp()
                : entries.get(entries.size() - 1).commitTimestamp();
    }

    /** Whether the term and hash at this position are known. */
    public boolean knows(long lsn) {
        return lsn >= base.lsn() && lsn <= lastLsn();
    }

    public long termAt(long lsn) {
        return lsn == base.lsn() ? base.position().term() : entry(lsn).term();
    }

    public long hashAt(long lsn) {
        return lsn == base.lsn() ? base.hash() : hashes.get(index(lsn));
    }

    public JournalEntry entry(long lsn) {
        return entries.get(index(lsn));
    }

    public Mark markAt(long lsn) {
        long timestamp = lsn == base.lsn() ? base.timestamp() : entry(lsn).commitTimestamp();
        return new Mark(new Position(termAt(lsn), lsn), hashAt(lsn), timestamp);
    }

    /** Adds the next entry; {@link IllegalArgumentException} when it does not follow the last one. */
    public void append(JournalEntry entry) {
        if (entry.lsn() != lastLsn() + 1 || entry.previousHash() != hashAt(lastLsn())) {
            throw new IllegalArgumentException("entry does not follow the log: " + entry.lsn() + ", last " + last());
        }
        entries.add(entry);
        hashes.add(chainHash.of(entry));
    }

    long hashOf(JournalEntry entry) {
        return chainHash.of(entry);
    }

    List<JournalEntry> from(long lsn, int max) {
        int start = index(lsn);
        return List.copyOf(entries.subList(start, Math.min(entries.size(), start + max)));
    }

    void truncateAfter(long lsn) {
        int keep = (int) (lsn - base.lsn());
        entries.subList(keep, entries.size()).clear();
        hashes.subList(keep, hashes.size()).clear();
    }

    /** Forgets entries up to this one, which becomes the base. */
    void trim(long lsn) {
        Mark mark = markAt(lsn);
        int count = (int) (lsn - base.lsn());
        entries.subList(0, count).clear();
        hashes.subList(0, count).clear();
        base = mark;
    }

    void resetTo(Mark mark) {
        entries.clear();
        hashes.clear();
        base = mark;
    }

    /** Where the terms of the log begin as far as it is kept, at most so many of the newest, oldest first. */
    List<TermStart> termStarts(int max) {
        List<TermStart> starts = new ArrayList<>();
        long lsn = lastLsn();
        while (lsn >= base.lsn() && starts.size() < max) {
            long start = termStart(lsn);
            starts.add(new TermStart(termAt(lsn), start));
            lsn = start - 1;
        }
        Collections.reverse(starts);
        return starts;
    }

    /** The first known position with the same term as this one. */
    long termStart(long lsn) {
        long term = termAt(lsn);
        long low = base.lsn();
        long high = lsn;
        // Terms never fall along a log.
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (termAt(middle) < term) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int index(long lsn) {
        return (int) (lsn - base.lsn() - 1);
    }
}
