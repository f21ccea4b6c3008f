package io.trellisdb.bench.data;

import java.util.Iterator;
import java.util.SplittableRandom;

/**
 * Rows of a shape: the same rows each time, either in order of time or as they arrive.
 *
 * @param isPatchy whether entries are missing and arrivals are late by batches and repeated, instead of late by single rows
 */
public record DataSet(Shape shape, Variant variant, boolean isPatchy) {
    private static final long SEED = 123;
    private static final double MISSING_SHARE = 0.10;
    private static final double LATE_ROW_SHARE = 0.10;
    private static final double LATE_BATCH_SHARE = 0.05;
    private static final int LATE_BATCH_ROWS = 1000;
    private static final double REPEATED_SHARE = 0.01;

    public static DataSet of(Scale scale, Variant variant) {
        return new DataSet(scale.shape(), variant, scale == Scale.IOT);
    }

    /** Every row once, in order of time. */
    public Iterator<CpuRow> ordered() {
        SplittableRandom random = new SplittableRandom(SEED);
        CpuWalk walk = new CpuWalk(shape, variant, random.split());
        return isPatchy ? new PresentRows(walk, random.split(), MISSING_SHARE) : walk;
    }

    /** The same rows as they arrive: 10 % late by up to an hour or, when patchy, 5 % of the batches late and 1 % sent again. */
    public Iterator<CpuRow> arrivals() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        if (!isPatchy) {
            return new LateRows(ordered(), random.split(), LATE_ROW_SHARE, 1);
        }
        LateRows late = new LateRows(ordered(), random.split(), LATE_BATCH_SHARE, LATE_BATCH_ROWS);
        return new RepeatedRows(late, random.split(), REPEATED_SHARE, shape.endMillis());
    }
}
