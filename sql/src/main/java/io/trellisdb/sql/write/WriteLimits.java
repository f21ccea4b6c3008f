package io.trellisdb.sql.write;

/**
 * Bounds of one change.
 *
 * @param transactionBytes most bytes of rows
 * @param rerunLimit how often a change that reads first is run again when its rows have changed in between
 */
public record WriteLimits(long transactionBytes, int rerunLimit) {}
