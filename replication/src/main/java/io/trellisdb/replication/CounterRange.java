package io.trellisdb.replication;

/**
 * Reserved values of a counter: {@code count} ordinals from {@code first}, counted from 0 and never given again. An IDENTITY
 * column turns ordinal {@code k} into {@code start + k * increment}.
 */
public record CounterRange(long first, int count) {
    /** The values of an IDENTITY column for the i-th ordinal; an {@link ArithmeticException} when BIGINT cannot hold it. */
    public long value(int i, long start, long increment) {
        if (i < 0 || i >= count) {
            throw new IndexOutOfBoundsException("ordinal is not reserved: " + i + " of " + count);
        }
        return Math.addExact(start, Math.multiplyExact(first + i, increment));
    }
}
