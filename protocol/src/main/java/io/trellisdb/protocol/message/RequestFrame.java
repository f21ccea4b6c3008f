package io.trellisdb.protocol.message;

/**
 * A request with what every request carries.
 *
 * @param id chosen by the client, positive and growing on one connection; every reply names it
 * @param tableVersion version of the partition table that the client routed by; 0 when it has none
 * @param deadlineMillis how long the client will wait, from the moment the request arrives; 0 for no limit
 */
public record RequestFrame(long id, long tableVersion, long deadlineMillis, Request request) {
    public RequestFrame {
        if (id < 1 || tableVersion < 0 || deadlineMillis < 0) {
            throw new IllegalArgumentException("invalid request envelope: id " + id + ", table version " + tableVersion
                    + ", deadline " + deadlineMillis + " ms");
        }
    }
}
