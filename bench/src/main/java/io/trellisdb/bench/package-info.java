/**
 * Measurements of Trellis beside other databases, each alone on the same machine in the same run. {@code peer} starts and
 * stops databases, {@code point} measures statements by key, {@code side} measures time series, whose rows {@code data} makes.
 *
 * <p>Invariants: answers are compared before anything is timed; a table names the conditions of its figures; figures that are
 * worse than a peer's are printed like the others.
 *
 * <p>Nothing here is part of the product or of {@code mvn verify}.
 */
@NullMarked
package io.trellisdb.bench;

import org.jspecify.annotations.NullMarked;
