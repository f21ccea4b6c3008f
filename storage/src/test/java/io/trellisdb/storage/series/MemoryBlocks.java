package io.trellisdb.storage.series;

import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.block.BlockCounters;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Blocks on the heap. */
final class MemoryBlocks implements SeriesBlocks {
    final ConcurrentSkipListMap<Long, byte[]> blocks = new ConcurrentSkipListMap<>();
    final ConcurrentSkipListMap<Long, byte[]> overlays = new ConcurrentSkipListMap<>();
    private final BlockCounters counters;
    private volatile BlockList list = BlockList.EMPTY;

    MemoryBlocks(BlockCounters counters) {
        this.counters = counters;
    }

    @Override
    public BlockList list() {
        return list;
    }

    @Override
    public @Nullable Block find(long first) {
        byte[] bytes = blocks.get(first);
        return bytes == null ? null : Block.open(bytes, counters);
    }

    @Override
    public void put(long first, byte[] block) {
        blocks.put(first, block);
        list = list.with(first);
    }

    @Override
    public void remove(long first) {
        list = list.without(first);
        blocks.remove(first);
    }

    @Override
    public byte @Nullable [] findOverlay(long first) {
        return overlays.get(first);
    }

    @Override
    public void putOverlay(long first, byte[] overlay) {
        overlays.put(first, overlay);
        list = list.withOverlay(first, true);
    }

    @Override
    public void removeOverlay(long first) {
        overlays.remove(first);
        list = list.withOverlay(first, false);
    }
}
