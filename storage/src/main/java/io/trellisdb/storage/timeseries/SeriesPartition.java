package io.trellisdb.storage.timeseries;

import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.block.BlockWriter;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.series.Series;
import io.trellisdb.storage.series.WindowMemory;
import io.trellisdb.storage.series.WindowQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the time series of a partition share: keyspaces, the round at hand, and the queue of windows. Changed by one thread at
 * a time, between {@link #begin} and {@link #end}.
 */
public final class SeriesPartition {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final Keyspace blocks;
    private final Keyspace overlays;
    private final BlockCounters counters;
    private final WindowMemory memory;
    private final WindowQueue windows;
    private final BlockWriter writer = new BlockWriter();
    private @Nullable Round round;

    public SeriesPartition(KeyspaceStore store, int partition, WindowMemory memory, BlockCounters counters) {
        this.blocks = store.keyspace(KeyspaceKind.BLOCKS, partition);
        this.overlays = store.keyspace(KeyspaceKind.OVERLAYS, partition);
        this.counters = counters;
        this.memory = memory;
        this.windows = new WindowQueue(memory);
    }

    /** Finds the series of all containers, given by their slots. */
    public void load(Map<Integer, TimeSeries> containers) {
        try (KeyCursor cursor = blocks.keyCursor()) {
            boolean isThere = cursor.seek(new byte[StoredSeries.SLOT_LENGTH]);
            while (isThere) {
                byte[] key = cursor.key();
                TimeSeries container = containers.get((int) INTS.get(key, 0));
                if (container != null) {
                    container.addStored(StoredSeries.seriesKey(key));
                }
                isThere = cursor.seek(behind(key));
            }
        }
    }

    /** The least key above all blocks of the series of one of its blocks. */
    private static byte[] behind(byte[] blockKey) {
        byte[] behind = Arrays.copyOf(blockKey, blockKey.length + 1);
        Arrays.fill(behind, blockKey.length - Long.BYTES, blockKey.length, (byte) 0xFF);
        return behind;
    }

    /** Blocks by slot, series and first timestamp. */
    public Keyspace blocks() {
        return blocks;
    }

    /** Overlays under the keys of their blocks. */
    public Keyspace overlays() {
        return overlays;
    }

    BlockCounters counters() {
        return counters;
    }

    WindowQueue windows() {
        return windows;
    }

    BlockWriter writer() {
        return writer;
    }

    /** Changes of blocks go into this round from here on. */
    public void begin(Round newRound) {
        round = newRound;
    }

    public void end() {
        round = null;
    }

    Round round() {
        if (round == null) {
            throw new IllegalStateException("blocks are changed outside a round");
        }
        return round;
    }

    /** Where the log has to be read from to refill the windows, when it is applied up to {@code appliedLsn}. */
    public long replayFrom(long appliedLsn) {
        Series oldest = windows.first();
        return oldest == null ? appliedLsn + 1 : Math.min(appliedLsn + 1, oldest.firstLsn());
    }

    /** Bytes of heap of the windows, about. */
    public long windowBytes() {
        return windows.bytes();
    }

    /** Whether some window has a change at or below this position. */
    public boolean hasWindowThrough(long lsn) {
        Series oldest = windows.first();
        return oldest != null && oldest.firstLsn() <= lsn;
    }

    /**
     * Seals windows, oldest first, that have changes at or below this position.
     *
     * @return how many rows were sealed, at least {@code maxRows} unless none is left
     */
    public int sealThrough(long lsn, int maxRows) {
        int sealed = 0;
        while (sealed < maxRows && hasWindowThrough(lsn)) {
            sealed += sealOldest();
        }
        return sealed;
    }

    /** Seals windows, oldest first, while those of the node hold too much. */
    public int relieve(int maxRows) {
        int sealed = 0;
        while (sealed < maxRows && memory.isOver() && windows.first() != null) {
            sealed += sealOldest();
        }
        return sealed;
    }

    private int sealOldest() {
        Series oldest = windows.first();
        if (oldest == null) {
            return 0;
        }
        int rows = oldest.windowSize();
        oldest.sealAll();
        return Math.max(1, rows);
    }
}
