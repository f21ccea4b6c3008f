package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.data.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws hosts and windows of time at random, always the same ones for one seed. */
final class Questions {
    private final Shape shape;
    private final Cpu cpu;
    private final SplittableRandom random;

    Questions(Shape shape, long seed) {
        this.shape = shape;
        this.cpu = new Cpu(shape.hosts());
        this.random = new SplittableRandom(seed);
    }

    /** Different hosts, at most as many as there are. */
    List<Object> hosts(int count) {
        return random.ints(0, shape.hosts())
                .distinct()
                .limit(Math.min(count, shape.hosts()))
                .mapToObj(host -> (Object) cpu.host(host))
                .toList();
    }

    /** Beginning and end of a window inside the data; the whole data when it is shorter. */
    List<Object> window(Duration length) {
        long all = shape.endMillis() - Shape.BEGIN_MILLIS;
        long wanted = Math.min(all, length.toMillis());
        long begin = Shape.BEGIN_MILLIS + random.nextLong(all - wanted + 1);
        return List.of(Instant.ofEpochMilli(begin), Instant.ofEpochMilli(begin + wanted));
    }

    /** A moment in the second half of the data. */
    Instant moment() {
        long all = shape.endMillis() - Shape.BEGIN_MILLIS;
        return Instant.ofEpochMilli(Shape.BEGIN_MILLIS + all / 2 + random.nextLong(all / 2));
    }

    /** Hosts, then a window. */
    List<Object> hostsAndWindow(int count, Duration length) {
        List<Object> values = new ArrayList<>(hosts(count));
        values.addAll(window(length));
        return values;
    }
}
