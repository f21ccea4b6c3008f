package io.trellisdb.storage;

/**
 * Equal intervals of time, in the unit of the timestamp column.
 *
 * @param origin where one of the intervals begins
 * @param width greater than 0
 */
public record TimeBucket(long origin, long width) {
    public TimeBucket {
        if (width <= 0) {
            throw new IllegalArgumentException("bucket has no width: " + width);
        }
    }

    /**
     * The beginning of the interval that holds a timestamp: {@code origin + floorDiv(timestamp - origin, width) * width}. Of
     * timestamps that are further from the origin than a long counts, the result is as that arithmetic wraps.
     */
    public long start(long timestamp) {
        return origin + Math.floorDiv(timestamp - origin, width) * width;
    }
}
