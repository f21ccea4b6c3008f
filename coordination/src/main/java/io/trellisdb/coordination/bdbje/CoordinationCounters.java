package io.trellisdb.coordination.bdbje;

import java.util.concurrent.atomic.AtomicLong;

/** What the node has counted since it started; any thread. {@link io.trellisdb.coordination.CoordinationMetrics} shows it. */
final class CoordinationCounters {
    final AtomicLong leaderChanges = new AtomicLong();
    final AtomicLong fencingAttempts = new AtomicLong();
    final AtomicLong fencingSuccesses = new AtomicLong();
    final AtomicLong fencingConflicts = new AtomicLong();
    final AtomicLong fencingFailures = new AtomicLong();
    final AtomicLong fencingNanos = new AtomicLong();
    final AtomicLong leasesLost = new AtomicLong();
    final AtomicLong appends = new AtomicLong();
    final AtomicLong appendNanos = new AtomicLong();
    final AtomicLong unknownOutcomes = new AtomicLong();
    final AtomicLong reopenings = new AtomicLong();
    final AtomicLong networkRestores = new AtomicLong();
    final AtomicLong leaderlessNanos = new AtomicLong();

    void appended(int commits, long nanos) {
        appends.addAndGet(commits);
        appendNanos.addAndGet(nanos);
    }

    void unknownOutcome(int commits) {
        unknownOutcomes.addAndGet(commits);
    }
}
