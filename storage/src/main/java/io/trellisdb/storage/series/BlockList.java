package io.trellisdb.storage.series;

import java.util.Arrays;

/** The first timestamps of a series' blocks, ascending, and which of the blocks have overlays. Immutable. */
public final class BlockList {
    public static final BlockList EMPTY = new BlockList(new long[0], new boolean[0]);

    private final long[] firsts;
    private final boolean[] overlays;

    private BlockList(long[] firsts, boolean[] overlays) {
        this.firsts = firsts;
        this.overlays = overlays;
    }

    /** A list of blocks without overlays, of ascending timestamps that are not written any more. */
    public static BlockList of(long[] firsts) {
        return firsts.length == 0 ? EMPTY : new BlockList(firsts, new boolean[firsts.length]);
    }

    public int size() {
        return firsts.length;
    }

    public boolean isEmpty() {
        return firsts.length == 0;
    }

    /** The first timestamp of the block in this place. */
    public long first(int place) {
        return firsts[place];
    }

    public boolean hasOverlay(int place) {
        return overlays[place];
    }

    /** The place of the last block that begins at or before a timestamp; −1 when there is none. */
    public int findAtOrBefore(long timestamp) {
        int found = Arrays.binarySearch(firsts, timestamp);
        return found >= 0 ? found : -found - 2;
    }

    /** The place of the first block that begins after a timestamp; {@link #size} when there is none. */
    public int findAfter(long timestamp) {
        return findAtOrBefore(timestamp) + 1;
    }

    public boolean contains(long first) {
        return Arrays.binarySearch(firsts, first) >= 0;
    }

    /** With a block, which may be there already. */
    public BlockList with(long first) {
        int found = Arrays.binarySearch(firsts, first);
        if (found >= 0) {
            return this;
        }
        int at = -found - 1;
        long[] more = new long[firsts.length + 1];
        boolean[] flags = new boolean[more.length];
        System.arraycopy(firsts, 0, more, 0, at);
        System.arraycopy(overlays, 0, flags, 0, at);
        more[at] = first;
        System.arraycopy(firsts, at, more, at + 1, firsts.length - at);
        System.arraycopy(overlays, at, flags, at + 1, firsts.length - at);
        return new BlockList(more, flags);
    }

    /** Without a block and its overlay. */
    public BlockList without(long first) {
        int at = Arrays.binarySearch(firsts, first);
        if (at < 0) {
            return this;
        }
        long[] fewer = new long[firsts.length - 1];
        boolean[] flags = new boolean[fewer.length];
        System.arraycopy(firsts, 0, fewer, 0, at);
        System.arraycopy(overlays, 0, flags, 0, at);
        System.arraycopy(firsts, at + 1, fewer, at, fewer.length - at);
        System.arraycopy(overlays, at + 1, flags, at, fewer.length - at);
        return new BlockList(fewer, flags);
    }

    /** With or without the overlay of a block; a block that is not there has none. */
    public BlockList withOverlay(long first, boolean hasOverlay) {
        int at = Arrays.binarySearch(firsts, first);
        if (at < 0 || overlays[at] == hasOverlay) {
            return this;
        }
        boolean[] flags = overlays.clone();
        flags[at] = hasOverlay;
        return new BlockList(firsts, flags);
    }

    /** Bytes of heap, about. */
    public long sizeBytes() {
        return 56 + 9L * firsts.length;
    }
}
