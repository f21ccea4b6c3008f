package io.trellisdb.replication;

import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalCursor;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.JournalHold;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** A journal in memory that is flushed when the test says so, and checks the chain of every partition's log. */
final class FakeJournal implements Journal {
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<List<JournalEntry>> groups = new ArrayList<>();
    private final Map<Integer, JournalEntry> last = new HashMap<>();
    private boolean failed;

    private record Pending(List<JournalEntry> group, DurabilityListener listener) {}

    /** A journal that already holds these groups. */
    FakeJournal(List<List<JournalEntry>> before) {
        before.forEach(this::check);
        groups.addAll(before);
    }

    @Override
    public synchronized void append(List<JournalEntry> group, DurabilityListener onDurable) {
        check(group);
        pending.add(new Pending(List.copyOf(group), onDurable));
        notifyAll();
    }

    private void check(List<JournalEntry> group) {
        for (JournalEntry entry : group) {
            JournalEntry before = last.put(entry.partition(), entry);
            long lsn = before == null ? 0 : before.lsn();
            long hash = before == null ? 0 : chainHash(before);
            long timestamp = before == null ? 0 : before.commitTimestamp();
            if (entry.lsn() != lsn + 1 || entry.previousHash() != hash || entry.commitTimestamp() <= timestamp) {
                throw new AssertionError("entry does not follow the one before it: " + entry + " after " + before);
            }
        }
    }

    /** Makes the oldest appended group durable. Returns whether there was one. */
    boolean flushOne() {
        Pending group;
        synchronized (this) {
            group = pending.poll();
            if (group == null || failed) {
                return false;
            }
            groups.add(group.group);
        }
        group.listener.durable();
        return true;
    }

    void flushAll() {
        boolean flushed = true;
        while (flushed) {
            flushed = flushOne();
        }
    }

    /** Flushes whatever is appended until the thread is told to end; for tests with real threads. */
    void flushUntil(BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            synchronized (this) {
                while (pending.isEmpty() && !over.getAsBoolean()) {
                    try {
                        wait(5);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
            }
            flushAll();
        }
        flushAll();
    }

    /** Fails whatever is not flushed. */
    void fail() {
        List<Pending> lost;
        synchronized (this) {
            failed = true;
            lost = new ArrayList<>(pending);
            pending.clear();
        }
        lost.forEach(group -> group.listener.failed(new IllegalStateException("disk is gone")));
    }

    /** What a crash now would leave, in order. */
    synchronized List<List<JournalEntry>> durableGroups() {
        return List.copyOf(groups);
    }

    /** The groups that were appended and not flushed. */
    synchronized int pendingGroups() {
        return pending.size();
    }

    @Override
    public long chainHash(JournalEntry entry) {
        return Objects.hash(entry.partition(), entry.lsn(), entry.term(), entry.previousHash(), entry.commitTimestamp())
                | 1L;
    }

    @Override
    public JournalCursor read(int partition, long afterLsn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JournalHold hold(int partition, long fromLsn, long maxBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public synchronized boolean isFailed() {
        return failed;
    }
}
