package io.trellisdb.storage;

import io.trellisdb.common.aggregate.ColumnAggregate;

/**
 * A stream of aggregates, one for each group that has rows: by series key, then bucket. A request that takes several series
 * together in buckets may see a bucket more than once, when there are too many to keep them all in memory; whoever asks merges
 * them as it merges the results of several partitions. Confined to one thread at a time, closed by whoever opened it.
 */
public interface AggregateCursor extends AutoCloseable {
    /** Moves to the next group; false at the end. Failures are {@code TrellisException}s. */
    boolean next();

    /** The group's encoded series key; empty unless the request groups by series. Not to be written. */
    byte[] seriesKey();

    /** Where the group's bucket begins; 0 without buckets. */
    long bucketStart();

    /** How many rows the group has, at least one. */
    long rows();

    /** The aggregate of the request's column in this place; not changed by the cursor any more. */
    ColumnAggregate aggregate(int place);

    /** Frees what the cursor holds; may be called more than once. */
    @Override
    void close();

    /** A cursor without groups. */
    static AggregateCursor empty() {
        return new AggregateCursor() {
            @Override
            public boolean next() {
                return false;
            }

            @Override
            public byte[] seriesKey() {
                throw new IllegalStateException("there is no group");
            }

            @Override
            public long bucketStart() {
                throw new IllegalStateException("there is no group");
            }

            @Override
            public long rows() {
                throw new IllegalStateException("there is no group");
            }

            @Override
            public ColumnAggregate aggregate(int place) {
                throw new IllegalStateException("there is no group: " + place);
            }

            @Override
            public void close() {}
        };
    }
}
