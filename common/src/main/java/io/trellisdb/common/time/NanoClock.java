package io.trellisdb.common.time;

/** Monotonic time for durations and deadlines; its zero means nothing. */
@FunctionalInterface
public interface NanoClock {
    /** Nanoseconds since an arbitrary moment; only differences count. */
    long nanoTime();

    /** The machine's monotonic clock. */
    static NanoClock system() {
        return System::nanoTime;
    }
}
