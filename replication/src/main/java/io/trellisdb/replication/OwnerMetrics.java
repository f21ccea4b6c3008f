package io.trellisdb.replication;

import java.util.concurrent.atomic.LongAdder;

/** The running counts behind {@link OwnerCounters}. Any thread may add. */
final class OwnerMetrics {
    final LongAdder statements = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder joined = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder wounded = new LongAdder();
    final LongAdder lockWaits = new LongAdder();
    final LongAdder lockTimeouts = new LongAdder();
    final LongAdder appends = new LongAdder();
    final LongAdder entries = new LongAdder();
    final LongAdder applyRounds = new LongAdder();

    OwnerCounters counters(long underWay) {
        return new OwnerCounters(
                statements.sum(),
                repeated.sum(),
                joined.sum(),
                refused.sum(),
                failed.sum(),
                wounded.sum(),
                lockWaits.sum(),
                lockTimeouts.sum(),
                appends.sum(),
                entries.sum(),
                applyRounds.sum(),
                underWay);
    }
}
