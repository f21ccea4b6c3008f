package io.trellisdb.simulation;

import io.trellisdb.replication.role.UpdateLog;
import io.trellisdb.storage.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node's power failure leaves. Writes to the journal that were not flushed survive up to a random point, of which the
 * rest is a torn tail; cutting the journal is such a write too. Checkpoints, terms and identities are flushed at once.
 */
final class Disk {
    long promisedTerm;
    int incarnation;
    boolean wasClean = true;
    Store checkpoint = new Store();
    long checkpointCommitLsn;

    private UpdateLog.Mark base = UpdateLog.Mark.START;
    private final List<JournalEntry> flushed = new ArrayList<>();
    private final List<Write> unflushed = new ArrayList<>();
    private long writes;
    private long flushedWrites;

    /** An entry, or a cut behind {@code cutAfter} when there is none. */
    private record Write(JournalEntry entry, long cutAfter) {}

    void append(List<JournalEntry> entries) {
        for (JournalEntry entry : entries) {
            unflushed.add(new Write(entry, 0));
            writes++;
        }
    }

    void truncate(long afterLsn) {
        unflushed.add(new Write(null, afterLsn));
        writes++;
    }

    /** A mark for {@link #flush}: everything written so far. */
    long written() {
        return writes;
    }

    /** Everything up to the mark survives from now on. */
    void flush(long upTo) {
        while (flushedWrites < upTo && !unflushed.isEmpty()) {
            perform(flushed, unflushed.remove(0));
            flushedWrites++;
        }
    }

    private void perform(List<JournalEntry> log, Write write) {
        if (write.entry() == null) {
            while (!log.isEmpty() && log.get(log.size() - 1).lsn() > write.cutAfter()) {
                log.remove(log.size() - 1);
            }
        } else {
            log.add(write.entry());
        }
    }

    /** The last position that a power failure now would certainly leave. */
    boolean certainlyHas(long lsn, long term) {
        if (lsn <= base.lsn()) {
            return true;
        }
        int index = (int) (lsn - base.lsn() - 1);
        return index < flushed.size() && flushed.get(index).term() == term;
    }

    void release(UpdateLog.Mark newBase) {
        flush(writes);
        while (!flushed.isEmpty() && flushed.get(0).lsn() <= newBase.lsn()) {
            flushed.remove(0);
        }
        base = newBase;
    }

    void installed(UpdateLog.Mark end, Store image) {
        unflushed.clear();
        flushedWrites = writes;
        flushed.clear();
        base = end;
        checkpoint = image.copy();
        checkpointCommitLsn = end.lsn();
    }

    void wipe() {
        installed(UpdateLog.Mark.START, new Store());
        checkpointCommitLsn = 0;
    }

    /** Power fails: so many of the unflushed writes had reached the platter. */
    void crash(int survivors) {
        for (int i = 0; i < survivors && !unflushed.isEmpty(); i++) {
            perform(flushed, unflushed.remove(0));
        }
        unflushed.clear();
        flushedWrites = writes;
    }

    int unflushedWrites() {
        return unflushed.size();
    }

    /** The log as a start finds it. */
    UpdateLog recover() {
        UpdateLog log = new UpdateLog(base, Store::chainHash);
        flushed.forEach(log::append);
        return log;
    }
}
