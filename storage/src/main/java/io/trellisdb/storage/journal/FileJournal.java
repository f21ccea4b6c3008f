package io.trellisdb.storage.journal;

import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalCursor;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.JournalHold;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal in segment files. {@link #open} begins a new segment behind what recovery found; {@link #flushOnce} is the
 * flush thread's duty, run by the thread of {@link #start} or, in a simulation, by the caller.
 */
public final class FileJournal implements Journal, AutoCloseable {
    private final Vfs vfs;
    private final JournalSettings settings;
    private final NanoClock clock;
    private final JournalWriter writer;
    private final PendingHashes[] hashes;

    private final Object lock = new Object();
    /** Guarded by {@code lock}. */
    private final Deque<Segment> segments = new ArrayDeque<>();
    /** Guarded by {@code lock}; bounded by those who ask {@link #requireRoom} before they decide. */
    private List<Appended> queue = new ArrayList<>();
    /** Guarded by {@code lock}. */
    private long queuedBytes;
    /** Guarded by {@code lock}; bytes taken from the queue and not yet written. */
    private long takenBytes;
    /** Guarded by {@code lock}. */
    private boolean isForceWanted;
    /** Guarded by {@code lock}. */
    private boolean isRollWanted;
    /** Guarded by {@code lock}. */
    private boolean isClosing;
    /** Guarded by {@code lock}. */
    private boolean isFlushThreadWaiting;
    /** Guarded by {@code lock}. */
    private long endPosition;
    /** Guarded by {@code lock}: what is in the files, by position and by partition. */
    private long writtenPosition;

    private final long[] writtenLsns;
    /** Guarded by {@code lock}: where the present history of each partition begins. */
    private final long[] beginnings;

    private final JournalHolds holds = new JournalHolds();

    private final AtomicReference<@Nullable TrellisException> failure = new AtomicReference<>();
    private @Nullable Thread flushThread;

    /** Confined to the flush thread: whether something written is not forced yet, since when, and not marked as forced. */
    private boolean isDirty;

    private long dirtySinceNanos;
    private boolean isUnmarked;

    private record Appended(byte[] frames, int length, List<JournalEntry> entries, DurabilityListener listener) {}

    private FileJournal(
            Vfs vfs, JournalSettings settings, NanoClock clock, JournalWriter writer, List<Segment> existing) {
        this.vfs = vfs;
        this.settings = settings;
        this.clock = clock;
        this.writer = writer;
        this.hashes = new PendingHashes[settings.partitionCount()];
        for (int partition = 0; partition < hashes.length; partition++) {
            hashes[partition] = new PendingHashes();
        }
        this.segments.addAll(existing);
        this.writtenLsns = new long[settings.partitionCount()];
        this.beginnings = new long[settings.partitionCount()];
        for (Segment segment : existing) {
            for (int partition = 0; partition < writtenLsns.length; partition++) {
                writtenLsns[partition] = Math.max(writtenLsns[partition], segment.lastLsn(partition));
            }
        }
    }

    /**
     * Cuts the torn tail and opens the journal for appending behind it.
     *
     * @param salts random numbers
     */
    public static FileJournal open(
            Vfs vfs, JournalSettings settings, NanoClock clock, LongSupplier salts, RecoveredJournal recovered) {
        recovered.tail().ifPresent(tail -> cut(vfs, tail));
        JournalWriter writer = new JournalWriter(vfs, settings, recovered.journalId(), salts, recovered.endPosition());
        FileJournal journal = new FileJournal(vfs, settings, clock, writer, recovered.segments());
        Segment begun = writer.begin(recovered.endPosition());
        synchronized (journal.lock) {
            journal.segments.addLast(begun);
            journal.endPosition = begun.end();
            journal.writtenPosition = begun.end();
        }
        return journal;
    }

    private static void cut(Vfs vfs, RecoveredJournal.Tail tail) {
        try (VfsFile file = vfs.open(tail.file())) {
            file.truncate(tail.offset());
            file.force();
        }
    }

    /** Starts the flush thread. */
    public void start() {
        Thread thread = new Thread(this::flushUntilClosed, "trellis-journal-flush");
        thread.setDaemon(true);
        flushThread = thread;
        thread.start();
    }

    @Override
    public void append(List<JournalEntry> group, DurabilityListener onDurable) {
        TrellisException failed = failure.get();
        if (failed != null) {
            onDurable.failed(failed);
            return;
        }
        List<EntryCodec.Encoded> encoded = new ArrayList<>(group.size());
        int size = 0;
        for (JournalEntry entry : group) {
            EntryCodec.Encoded one = hashes[entry.partition()].takeEncoded(entry);
            encoded.add(one);
            size += one.payloadLength() + FrameFormat.ENTRY_HEADER_LENGTH + 2 * FrameFormat.CHECKSUM_LENGTH;
        }
        ByteWriter frames = new ByteWriter(size);
        EntryCodec.frame(frames, encoded);
        Appended appended = new Appended(frames.array(), frames.position(), List.copyOf(group), onDurable);
        if (!enqueue(appended)) {
            onDurable.failed(whyFailed());
        }
    }

    private boolean enqueue(Appended appended) {
        synchronized (lock) {
            if (failure.get() != null || isClosing) {
                return false;
            }
            queue.add(appended);
            queuedBytes += appended.length();
            endPosition += appended.length();
            wakeFlushThread();
            return true;
        }
    }

    /** Only under the lock. */
    private void wakeFlushThread() {
        if (isFlushThreadWaiting) {
            lock.notifyAll();
        }
    }

    private TrellisException whyFailed() {
        TrellisException failed = failure.get();
        return failed == null ? new TrellisException(ErrorCode.SERVER_STOPPING, "journal is closed") : failed;
    }

    @Override
    public long chainHash(JournalEntry entry) {
        return hashes[entry.partition()].hash(entry);
    }

    /** Entries of the partition up to this one are applied; their hashes need not be kept. */
    public void forgetThrough(int partition, long lsn) {
        hashes[partition].forgetThrough(lsn);
    }

    /**
     * Forces what was appended and forgets what the journal has of a partition: what comes of it later is another history. Nobody
     * may append entries of the partition meanwhile.
     *
     * @return the position from which on the partition's entries count
     */
    public long beginAnew(int partition) {
        force();
        synchronized (lock) {
            segments.forEach(segment -> segment.forget(partition));
            writtenLsns[partition] = 0;
            beginnings[partition] = writtenPosition;
            return writtenPosition;
        }
    }

    /** The position from which on a partition's entries count, as {@link #beginAnew} has returned it. */
    public void beginning(int partition, long position) {
        synchronized (lock) {
            beginnings[partition] = position;
        }
    }

    long beginning(int partition) {
        synchronized (lock) {
            return beginnings[partition];
        }
    }

    @Override
    public JournalCursor read(int partition, long afterLsn) {
        return new PartitionCursor(this, vfs, settings, partition, afterLsn);
    }

    @Override
    public JournalHold hold(int partition, long fromLsn, long maxBytes) {
        return holds.add(partition, fromLsn, maxBytes);
    }

    /** The oldest segment that has the entry or a later one of the partition; empty when none is written. */
    Optional<PartitionCursor.Written> findWritten(int partition, long lsn) {
        synchronized (lock) {
            if (writtenLsns[partition] < lsn) {
                return Optional.empty();
            }
            Segment last = segments.getLast();
            for (Segment segment : segments) {
                if (segment != last && segment.lastLsn(partition) >= lsn) {
                    return Optional.of(new PartitionCursor.Written(segment, segment.end(), false));
                }
            }
            // the flush thread may be writing it: what was written before is what counts
            return Optional.of(new PartitionCursor.Written(last, writtenPosition, true));
        }
    }

    @Override
    public long sizeBytes() {
        synchronized (lock) {
            Segment first = segments.peekFirst();
            return first == null ? 0 : endPosition - first.base();
        }
    }

    @Override
    public boolean isFailed() {
        return failure.get() != null;
    }

    /**
     * Refuses when nothing should be appended now: after a failure (IO_ERROR), or while more is waiting to be written than
     * the settings allow (INSUFFICIENT_RESOURCES).
     */
    public void requireRoom() {
        TrellisException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        synchronized (lock) {
            if (queuedBytes + takenBytes > settings.maxPendingBytes()) {
                throw new TrellisException(
                        ErrorCode.INSUFFICIENT_RESOURCES,
                        "journal cannot write as fast as statements arrive: " + (queuedBytes + takenBytes)
                                + " bytes wait");
            }
        }
    }

    /** The position behind everything appended; it only grows. */
    public long endPosition() {
        synchronized (lock) {
            return endPosition;
        }
    }

    /** Begins a new segment behind everything appended, so that {@link #truncate} can delete all that is there now. */
    public void roll() {
        synchronized (lock) {
            isRollWanted = true;
        }
        force();
    }

    /** Writes and forces everything appended before the call; fails as the journal has failed. */
    public void force() {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<@Nullable RuntimeException> cause = new AtomicReference<>();
        Appended nothing = new Appended(new byte[0], 0, List.of(), new DurabilityListener() {
            @Override
            public void durable() {
                done.countDown();
            }

            @Override
            public void failed(RuntimeException e) {
                cause.set(e);
                done.countDown();
            }
        });
        synchronized (lock) {
            isForceWanted = true;
        }
        if (!enqueue(nothing)) {
            throw whyFailed();
        }
        if (flushThread == null) {
            flushOnce();
        }
        await(done);
        RuntimeException failed = cause.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** Waits through interrupts, since what is waited for ends by itself, and restores the flag. */
    private static void await(CountDownLatch done) {
        boolean isInterrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void flushUntilClosed() {
        while (awaitWork()) {
            flushOnce();
        }
    }

    /** Returns when there is something to do; false when the journal is closing and nothing is left. */
    private boolean awaitWork() {
        synchronized (lock) {
            boolean isInterrupted = false;
            while (queue.isEmpty() && !isClosing && !isForceDue() && !isUnmarked) {
                isFlushThreadWaiting = true;
                try {
                    lock.wait(waitMillis());
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
                isFlushThreadWaiting = false;
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
            return !(isClosing && queue.isEmpty());
        }
    }

    private boolean isForceDue() {
        return isDirty && clock.nanoTime() - dirtySinceNanos >= JournalSettings.BUFFERED_FORCE_INTERVAL.toNanos();
    }

    /** 0 waits until woken. */
    private long waitMillis() {
        if (!isDirty) {
            return 0;
        }
        long left = JournalSettings.BUFFERED_FORCE_INTERVAL.toNanos() - (clock.nanoTime() - dirtySinceNanos);
        return Math.max(1, left / 1_000_000);
    }

    /** Writes what is queued, forces it if the level or somebody wants it, and tells the listeners. */
    public void flushOnce() {
        List<Appended> taken;
        boolean mustForce;
        boolean mustRoll;
        synchronized (lock) {
            taken = queue;
            queue = new ArrayList<>();
            takenBytes = queuedBytes;
            queuedBytes = 0;
            mustForce = isForceWanted;
            isForceWanted = false;
            mustRoll = isRollWanted;
            isRollWanted = false;
        }
        TrellisException failed = failure.get();
        if (failed == null) {
            failed = tryFlush(taken, mustForce, mustRoll);
        }
        synchronized (lock) {
            takenBytes = 0;
        }
        for (Appended appended : taken) {
            if (failed == null) {
                appended.listener().durable();
            } else {
                appended.listener().failed(failed);
            }
        }
    }

    private @Nullable TrellisException tryFlush(List<Appended> taken, boolean mustForce, boolean mustRoll) {
        try {
            flush(taken, mustForce);
            if (mustRoll && !writer.segment().isEmpty()) {
                beginSegment();
                isUnmarked = false;
            }
            return null;
        } catch (RuntimeException e) {
            TrellisException failed = new TrellisException(
                    e instanceof TrellisException known ? known.code() : ErrorCode.INTERNAL,
                    "journal failed and acknowledges nothing any more: " + e.getMessage(),
                    e);
            failure.set(failed);
            return failed;
        }
    }

    private void flush(List<Appended> taken, boolean mustForce) {
        boolean hasFrames = taken.stream().anyMatch(appended -> appended.length() > 0);
        if (isUnmarked) {
            isUnmarked = false;
            writer.mark();
        }
        for (Appended appended : taken) {
            if (writer.isFullFor(appended.length())) {
                beginSegment();
            }
            writer.write(appended.frames(), appended.length());
            appended.entries().forEach(entry -> writer.segment().holds(entry.partition(), entry.lsn()));
        }
        writer.drain();
        if (hasFrames && !isDirty) {
            isDirty = true;
            dirtySinceNanos = clock.nanoTime();
        }
        if (isDirty && (settings.level() == Level.FLUSH || mustForce || isForceDue())) {
            writer.force();
            isDirty = false;
            // the next frame says so; without a next one, the flush thread writes it while it is idle
            isUnmarked = true;
        }
        synchronized (lock) {
            endPosition = writer.position() + queuedBytes;
            writtenPosition = writer.position();
            for (Appended appended : taken) {
                appended.entries()
                        .forEach(entry ->
                                writtenLsns[entry.partition()] = Math.max(writtenLsns[entry.partition()], entry.lsn()));
            }
        }
    }

    private void beginSegment() {
        writer.drain();
        writer.force();
        Segment begun = writer.begin(writer.position());
        isDirty = false;
        synchronized (lock) {
            segments.addLast(begun);
            endPosition = writer.position() + queuedBytes;
        }
    }

    /**
     * Deletes the oldest segments all of whose entries are at or below these LSNs, one per partition, and are not held. The
     * last segment stays. Called by one thread at a time.
     *
     * @return how many were deleted
     */
    public int truncate(long[] coveredLsns) {
        List<Segment> covered = new ArrayList<>();
        long[] released = holds.released(coveredLsns, sizeBytes());
        synchronized (lock) {
            while (segments.size() > 1) {
                Segment first = segments.getFirst();
                if (!first.isCovered(released)) {
                    break;
                }
                covered.add(first);
                segments.removeFirst();
            }
        }
        for (Segment segment : covered) {
            // oldest first and each forced, so that a crash leaves no hole
            vfs.delete(settings.directory() + "/" + segment.name());
            vfs.forceDirectory(settings.directory());
        }
        return covered.size();
    }

    /** Writes and forces what was appended, then stops. Appends that come later fail. */
    @Override
    public void close() {
        Thread thread = flushThread;
        synchronized (lock) {
            if (isClosing) {
                return;
            }
            isForceWanted = true;
            isClosing = true;
            lock.notifyAll();
        }
        if (thread != null) {
            join(thread);
        }
        flushOnce();
        if (failure.get() == null) {
            tryFlush(List.of(), true, false);
        }
        writer.close();
    }

    private static void join(Thread thread) {
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
