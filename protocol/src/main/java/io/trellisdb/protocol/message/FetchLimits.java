package io.trellisdb.protocol.message;

/**
 * How many rows a client takes.
 *
 * @param creditRows rows that the server may send before it waits for a {@link Request.Fetch}
 * @param maxRows rows after which the result ends; 0 for all
 */
public record FetchLimits(long creditRows, long maxRows) {
    public FetchLimits {
        if (creditRows < 1 || maxRows < 0) {
            throw new IllegalArgumentException("invalid fetch limits: credit " + creditRows + ", at most " + maxRows);
        }
    }
}
