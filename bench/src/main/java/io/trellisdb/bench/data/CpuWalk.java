package io.trellisdb.bench.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** All rows of a shape in order of time and, within a tick, of the hosts' numbers. */
final class CpuWalk implements Iterator<CpuRow> {
    private static final double HIGHEST = 100;

    private final Shape shape;
    private final Variant variant;
    private final SplittableRandom random;
    private final double[] walked;
    private int tick;
    private int host;

    CpuWalk(Shape shape, Variant variant, SplittableRandom random) {
        this.shape = shape;
        this.variant = variant;
        this.random = random;
        this.walked = new double[shape.hosts() * Cpu.VALUES];
        for (int i = 0; i < walked.length; i++) {
            walked[i] = random.nextDouble() * HIGHEST;
        }
    }

    @Override
    public boolean hasNext() {
        return tick < shape.ticks();
    }

    @Override
    public CpuRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all rows were read");
        }
        double[] values = new double[Cpu.VALUES];
        int base = host * Cpu.VALUES;
        for (int i = 0; i < Cpu.VALUES; i++) {
            double value = Math.min(HIGHEST, Math.max(0, walked[base + i] + random.nextGaussian()));
            walked[base + i] = value;
            values[i] = variant.rounded(value);
        }
        CpuRow row = new CpuRow(Shape.BEGIN_MILLIS + tick * Shape.TICK_MILLIS, host, values);
        if (++host == shape.hosts()) {
            host = 0;
            tick++;
        }
        return row;
    }
}
