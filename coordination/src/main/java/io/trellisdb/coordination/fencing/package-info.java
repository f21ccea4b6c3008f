/**
 * How an elected node makes its mastership the only one: it writes an epoch that nobody has written before, durably and
 * acknowledged by a majority, as the first write of its reign. Pure but for the file of {@link
 * io.trellisdb.coordination.fencing.HighestEpochFile}; providers with an epoch table share it.
 *
 * <pre>
 *   row := version u8 = 1 · epoch u64 · previous u64 · node (uuid u128 · incarnation u32) · nonce u128
 *          · node's name in its group string · created i64 (ms) · confirmations u32 · CRC-32C u32 of all before
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>An epoch is written with "no overwrite": whoever finds its key taken has lost for good and steps down.
 *   <li>An attempt whose outcome is unknown is read again. If the last row carries this attempt's nonce, the same row is
 *       confirmed by one more acknowledged write; else another attempt takes the next number.
 *   <li>At most {@code fencing.maxAttempts} attempts with growing pauses between them, all inside one deadline.
 *   <li>A row that is damaged, whose epoch does not exceed its predecessor, or that lies below the highest epoch this node has
 *       seen is never passed over: it is a failure of storage.
 * </ul>
 *
 * <p>Confined to the thread that calls; starts none.
 */
@NullMarked
package io.trellisdb.coordination.fencing;

import org.jspecify.annotations.NullMarked;
