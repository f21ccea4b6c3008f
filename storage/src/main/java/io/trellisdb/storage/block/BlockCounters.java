package io.trellisdb.storage.block;

import java.util.concurrent.atomic.LongAdder;

/** How often blocks were opened, and how often the body of a column was read. Safe from any thread. */
public final class BlockCounters {
    private final LongAdder opened = new LongAdder();
    private final LongAdder bodiesRead = new LongAdder();

    public long opened() {
        return opened.sum();
    }

    public long bodiesRead() {
        return bodiesRead.sum();
    }

    void countOpened() {
        opened.increment();
    }

    void countBody() {
        bodiesRead.increment();
    }
}
