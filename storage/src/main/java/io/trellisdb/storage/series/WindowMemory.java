package io.trellisdb.storage.series;

import java.util.concurrent.atomic.AtomicLong;

/** How much heap the windows of a node hold together, and how much they may. Safe everywhere. */
public final class WindowMemory {
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    public WindowMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(long change) {
        bytes.addAndGet(change);
    }

    public long bytes() {
        return bytes.get();
    }

    public long maxBytes() {
        return maxBytes;
    }

    /** Whether windows should be sealed until there is less. */
    public boolean isOver() {
        return bytes.get() > maxBytes;
    }
}
