package io.trellisdb.bench.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Rows without those that never arrive. */
final class PresentRows implements Iterator<CpuRow> {
    private final Iterator<CpuRow> all;
    private final SplittableRandom random;
    private final double missingShare;
    private @Nullable CpuRow next;

    PresentRows(Iterator<CpuRow> all, SplittableRandom random, double missingShare) {
        this.all = all;
        this.random = random;
        this.missingShare = missingShare;
    }

    @Override
    public boolean hasNext() {
        while (next == null && all.hasNext()) {
            CpuRow candidate = all.next();
            if (random.nextDouble() >= missingShare) {
                next = candidate;
            }
        }
        return next != null;
    }

    @Override
    public CpuRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("all rows were read");
        }
        CpuRow row = next;
        next = null;
        return row;
    }
}
