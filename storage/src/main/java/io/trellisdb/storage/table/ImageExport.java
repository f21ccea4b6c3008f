package io.trellisdb.storage.table;

import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.ImagePosition;
import io.trellisdb.storage.JournalHold;
import io.trellisdb.storage.PartitionImage;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.timeseries.BlockExport;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Copies a partition: rows of collections, blocks of time series, and state at last, so that the state knows every slot that a
 * record can lie in. Each record is as it is when it is read, which is why the log is needed from {@link ImageHead#lsn} on.
 * Confined to one thread.
 */
final class ImageExport implements PartitionImage {
    private static final byte[] NONE = {};

    private final ImageHead head;
    private final PartitionState partition;
    private final int chunkBytes;
    private final ReentrantLock lock;
    private final JournalHold hold;
    private ImagePosition position = ImagePosition.BEGINNING;

    /** @param lock held by whoever changes the partition */
    ImageExport(ImageHead head, PartitionState partition, int chunkBytes, ReentrantLock lock, JournalHold hold) {
        this.head = head;
        this.partition = partition;
        this.chunkBytes = chunkBytes;
        this.lock = lock;
        this.hold = hold;
    }

    @Override
    public ImageHead head() {
        return head;
    }

    @Override
    public ImagePosition position() {
        return position;
    }

    @Override
    public void goTo(ImagePosition wanted) {
        position = wanted;
    }

    @Override
    public JournalHold hold() {
        return hold;
    }

    @Override
    public byte @Nullable [] next() {
        if (position.isComplete()) {
            return null;
        }
        KeyspaceKind kind = KeyspaceKind.ofCode(position.kind());
        byte[] after = position.after();
        List<ImageChunk.Entry> entries = new ArrayList<>();
        if (kind == KeyspaceKind.ROWS) {
            after = readRecords(partition.rows(), after, entries);
            if (entries.isEmpty()) {
                kind = KeyspaceKind.BLOCKS;
                after = new byte[0];
            }
        }
        if (kind == KeyspaceKind.BLOCKS) {
            after = readBlocks(after, entries);
            if (entries.isEmpty()) {
                kind = KeyspaceKind.STATE;
                after = new byte[0];
            }
        }
        boolean isLast = false;
        if (kind == KeyspaceKind.STATE) {
            after = readContainers(after, entries);
            if (entries.isEmpty()) {
                after = readRecords(partition.state(), StateKeys.behindDescriptors(after), entries);
            }
            isLast = entries.isEmpty();
            entries.removeIf(entry -> StateKeys.isOwn(entry.key()));
        }
        ImageChunk chunk =
                new ImageChunk(head.imageId(), position.chunks(), isLast, kind, settledLsn(), after, entries);
        byte[] encoded = chunk.encode();
        position = chunk.behind(position, encoded);
        return encoded;
    }

    /** Reads records behind a key and returns the last one's. */
    private byte[] readRecords(Keyspace keyspace, byte[] after, List<ImageChunk.Entry> entries) {
        byte[] last = after;
        long bytes = 0;
        try (KeyCursor cursor = keyspace.cursor()) {
            boolean isThere = cursor.seek(after.length == 0 ? after : Slots.above(after));
            while (isThere && bytes < chunkBytes) {
                last = cursor.key();
                byte[] value = cursor.value();
                entries.add(new ImageChunk.Entry(last, value));
                bytes += last.length + value.length;
                isThere = cursor.next();
            }
        }
        return last;
    }

    /** Reads containers, each with all its descriptors as they fit together. */
    private byte[] readContainers(byte[] after, List<ImageChunk.Entry> entries) {
        byte[] last = after;
        long bytes = 0;
        byte[] next = nextContainer(after.length == 0 ? StateKeys.first(StateKeys.CONTAINER) : Slots.above(after));
        while (next.length > 0 && bytes < chunkBytes) {
            bytes += readContainer(next, entries);
            last = next;
            next = nextContainer(Slots.above(next));
        }
        return last;
    }

    private byte[] nextContainer(byte[] from) {
        try (KeyCursor cursor = partition.state().keyCursor()) {
            boolean isThere = cursor.seek(from) && StateKeys.isOf(StateKeys.CONTAINER, cursor.key());
            return isThere ? cursor.key() : NONE;
        }
    }

    private long readContainer(byte[] key, List<ImageChunk.Entry> entries) {
        lock.lock();
        try (KeyCursor cursor = partition.state().cursor()) {
            byte[] record = partition.state().get(key);
            if (record == null) {
                return 0;
            }
            entries.add(new ImageChunk.Entry(key, record));
            long bytes = (long) key.length + record.length;
            byte[] descriptors = StateKeys.descriptorsOf(key);
            boolean isThere = cursor.seek(descriptors);
            while (isThere && IndexBuild.startsWith(cursor.key(), descriptors)) {
                byte[] value = cursor.value();
                entries.add(new ImageChunk.Entry(cursor.key(), value));
                bytes += cursor.key().length + value.length;
                isThere = cursor.next();
            }
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The last entry of which anything can be read by now: waits for the round at hand. */
    private long settledLsn() {
        lock.lock();
        try {
            return partition.position().lsn();
        } finally {
            lock.unlock();
        }
    }

    private byte[] readBlocks(byte[] after, List<ImageChunk.Entry> entries) {
        byte[] last = after;
        long bytes = 0;
        int slot = after.length == 0 ? 0 : Slots.slot(after);
        for (Map.Entry<Integer, TimeSeries> container :
                timeSeries().tailMap(slot, true).entrySet()) {
            BlockExport export = new BlockExport(
                    container.getValue(), container.getKey() == slot && after.length > 0 ? after : null);
            BlockExport.Exported block = export.next();
            while (block != null) {
                entries.add(new ImageChunk.Entry(block.key(), block.block()));
                last = block.last();
                bytes += block.key().length + block.block().length;
                if (bytes >= chunkBytes) {
                    return last;
                }
                block = export.next();
            }
        }
        return last;
    }

    private NavigableMap<Integer, TimeSeries> timeSeries() {
        NavigableMap<Integer, TimeSeries> found = new TreeMap<>();
        for (ContainerState container : partition.containers().values()) {
            TimeSeries series = container.series();
            if (series != null) {
                found.put(series.slot(), series);
            }
        }
        return found;
    }

    @Override
    public void close() {
        position = new ImagePosition(position.chunks(), position.kind(), position.after(), position.digest(), true);
    }
}
