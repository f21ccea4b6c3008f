package io.trellisdb.storage.timeseries;

import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.series.BlockList;
import io.trellisdb.storage.series.Series;
import io.trellisdb.storage.series.SeriesBlocks;
import io.trellisdb.storage.series.SeriesContext;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series with its key, and its blocks on the keyspaces of a partition.
 *
 * <pre>
 * key of a block and of its overlay   0 slot (4) · series key · first timestamp (8), sign flipped
 * </pre>
 */
final class StoredSeries implements SeriesBlocks {
    static final int SLOT_LENGTH = Integer.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LIST = listHandle();

    private final SeriesPartition partition;
    private final int slot;
    private final byte[] key;
    private final int hash;
    private final Series series;
    /** Null until somebody asks. */
    private volatile @Nullable BlockList list;

    /** Which rows of the batch at hand belong here: writer thread. */
    int group = -1;

    StoredSeries(
            SeriesPartition partition, int slot, SeriesContext context, byte[] key, @Nullable BlockList knownList) {
        this.partition = partition;
        this.slot = slot;
        this.key = key;
        this.hash = hash(key, 0, key.length);
        this.list = knownList;
        this.series = new Series(context, this);
    }

    private static VarHandle listHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(StoredSeries.class, "list", BlockList.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to an own field", e);
        }
    }

    static int hash(byte[] bytes, int from, int length) {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    /** The encoded series key; not to be written. */
    byte[] key() {
        return key;
    }

    int hash() {
        return hash;
    }

    boolean hasKey(byte[] bytes, int from, int length) {
        return Arrays.equals(key, 0, key.length, bytes, from, from + length);
    }

    Series series() {
        return series;
    }

    byte[] blockKey(long first) {
        byte[] bytes = new byte[SLOT_LENGTH + key.length + Long.BYTES];
        INTS.set(bytes, 0, slot);
        System.arraycopy(key, 0, bytes, SLOT_LENGTH, key.length);
        LONGS.set(bytes, SLOT_LENGTH + key.length, first ^ Long.MIN_VALUE);
        return bytes;
    }

    /** The first timestamp that ends the key of a block. */
    static long first(byte[] blockKey) {
        return (long) LONGS.get(blockKey, blockKey.length - Long.BYTES) ^ Long.MIN_VALUE;
    }

    /** The series key inside the key of a block. */
    static byte[] seriesKey(byte[] blockKey) {
        return Arrays.copyOfRange(blockKey, SLOT_LENGTH, blockKey.length - Long.BYTES);
    }

    /** A reader that looks first must not undo what the writer thread did meanwhile. */
    @Override
    public BlockList list() {
        BlockList known = list;
        if (known == null) {
            LIST.compareAndSet(this, null, load());
            known = list;
        }
        return known == null ? BlockList.EMPTY : known;
    }

    private BlockList load() {
        BlockList loaded = BlockList.of(firsts(partition.blocks()));
        for (long first : firsts(partition.overlays())) {
            loaded = loaded.withOverlay(first, true);
        }
        return loaded;
    }

    private long[] firsts(Keyspace keyspace) {
        List<Long> found = new ArrayList<>();
        byte[] from = blockKey(Long.MIN_VALUE);
        try (KeyCursor cursor = keyspace.keyCursor()) {
            boolean isThere = cursor.seek(from);
            while (isThere && isOwn(cursor.key(), from)) {
                found.add(first(cursor.key()));
                isThere = cursor.next();
            }
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    private boolean isOwn(byte[] blockKey, byte[] from) {
        int prefix = SLOT_LENGTH + key.length;
        return blockKey.length == from.length && Arrays.equals(blockKey, 0, prefix, from, 0, prefix);
    }

    @Override
    public @Nullable Block find(long first) {
        byte[] bytes = partition.blocks().get(blockKey(first));
        return bytes == null ? null : Block.open(bytes, partition.counters());
    }

    @Override
    public void put(long first, byte[] block) {
        partition.round().put(partition.blocks(), blockKey(first), block);
        list = list().with(first);
    }

    @Override
    public void remove(long first) {
        list = list().without(first);
        partition.round().delete(partition.blocks(), blockKey(first));
    }

    @Override
    public byte @Nullable [] findOverlay(long first) {
        return partition.overlays().get(blockKey(first));
    }

    @Override
    public void putOverlay(long first, byte[] overlay) {
        partition.round().put(partition.overlays(), blockKey(first), overlay);
        list = list().withOverlay(first, true);
    }

    @Override
    public void removeOverlay(long first) {
        partition.round().delete(partition.overlays(), blockKey(first));
        list = list().withOverlay(first, false);
    }
}
