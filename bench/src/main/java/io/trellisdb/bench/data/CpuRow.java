package io.trellisdb.bench.data;

/**
 * One report of one host.
 *
 * @param timestampMillis milliseconds since 1970
 * @param host number of the host, from 0
 * @param values its {@value Cpu#VALUES} figures; nobody may change them
 */
public record CpuRow(long timestampMillis, int host, double[] values) {}
