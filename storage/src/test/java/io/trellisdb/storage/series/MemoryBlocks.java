package io.trellisdb.storage.series;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Blocks on the heap. */
final class MemoryBlocks implements SeriesBlocks {
    final ConcurrentSkipListMap<Long, byte[]> blocks = new ConcurrentSkipListMap<>();
    final ConcurrentSkipListMap<Long, byte[]> overlays = new ConcurrentSkipListMap<>();

    private static @Nullable Stored stored(Map.@Nullable Entry<Long, byte[]> entry) {
        return entry == null ? null : new Stored(entry.getKey(), entry.getValue());
    }

    @Override
    public @Nullable Stored findAtOrBefore(long firstTimestamp) {
        return stored(blocks.floorEntry(firstTimestamp));
    }

    @Override
    public @Nullable Stored findAfter(long firstTimestamp) {
        return stored(blocks.higherEntry(firstTimestamp));
    }

    @Override
    public @Nullable Stored findFirst() {
        return stored(blocks.firstEntry());
    }

    @Override
    public void put(long firstTimestamp, byte[] block) {
        blocks.put(firstTimestamp, block);
    }

    @Override
    public void remove(long firstTimestamp) {
        blocks.remove(firstTimestamp);
    }

    @Override
    public byte @Nullable [] findOverlay(long firstTimestamp) {
        return overlays.get(firstTimestamp);
    }

    @Override
    public void putOverlay(long firstTimestamp, byte[] overlay) {
        overlays.put(firstTimestamp, overlay);
    }

    @Override
    public void removeOverlay(long firstTimestamp) {
        overlays.remove(firstTimestamp);
    }
}
