/**
 * JMH measurements of time-series blocks: encoding, decoding and summing, each figure in values per second. Data is the walk
 * of {@code docs/benchmarks.md}: integers, two decimals, unrounded. Run with {@code org.openjdk.jmh.Main} and the class name.
 */
@NullMarked
package io.trellisdb.bench.block;

import org.jspecify.annotations.NullMarked;
