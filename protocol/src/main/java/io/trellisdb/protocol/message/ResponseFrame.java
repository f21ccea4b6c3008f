package io.trellisdb.protocol.message;

/**
 * A response with what every response carries.
 *
 * @param id the request that is answered; 0 for a notice that answers none
 * @param tableVersion version of the partition table that the server knows
 * @param catalogVersion version of the catalog that the server knows
 * @param transaction the session's state after what is answered
 */
public record ResponseFrame(
        long id, long tableVersion, long catalogVersion, TransactionState transaction, Response response) {
    public ResponseFrame {
        if (id < 0 || tableVersion < 0 || catalogVersion < 0) {
            throw new IllegalArgumentException("invalid response envelope: id " + id + ", table version " + tableVersion
                    + ", catalog version " + catalogVersion);
        }
    }
}
