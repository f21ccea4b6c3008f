/**
 * Values, rows, keys and batches as bytes: one codec each for the wire, the journal and the stores.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Encoding is a function: equal values give equal bytes, on every machine and for every version of a format.
 *   <li>Decoding trusts nothing: every length and count is checked against what remains before memory is taken, and damaged
 *       input ends in a {@link io.trellisdb.common.error.TrellisException}, never in another exception.
 *   <li>Values come back bit by bit: NaN payloads, −0.0 and {@code Long.MIN_VALUE} too. Keys are the exception: they hold
 *       0.0 for −0.0 and one NaN, because those are equal.
 *   <li>The value under a NULL is not encoded and comes back as zero.
 * </ul>
 *
 * <p>{@link io.trellisdb.common.codec.BatchCodec} is by column, {@link io.trellisdb.common.codec.RowCodec} by row,
 * {@link io.trellisdb.common.codec.KeyCodec} preserves order, {@link io.trellisdb.common.codec.RoutingHash} places rows.
 * Fixed numbers are big-endian, except inside the arrays of a batch, which are little-endian for bulk copies.
 *
 * <p>Readers and writers are confined to one thread; codecs are immutable. Nothing here knows files, frames, or versions of
 * a schema beyond the number it is given.
 */
@NullMarked
package io.trellisdb.common.codec;

import org.jspecify.annotations.NullMarked;
