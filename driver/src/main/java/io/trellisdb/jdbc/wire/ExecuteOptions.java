package io.trellisdb.jdbc.wire;

import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;

/**
 * How a statement is to be run.
 *
 * @param deadlineMillis 0 for none
 */
public record ExecuteOptions(FetchLimits limits, GeneratedKeys generatedKeys, long deadlineMillis) {}
