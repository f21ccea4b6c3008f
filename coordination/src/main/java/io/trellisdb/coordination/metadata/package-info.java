/**
 * The metadata of a provider that keeps them itself: a tree of records in memory, behind one small append-only file. Providers
 * share this package; it imports only the API above it.
 *
 * <p>The directory holds {@code metadata.log}, {@code FORMAT} and {@code LOCK}. The log, all numbers big-endian:
 *
 * <pre>
 *   file    := header · frame*                   the first frame is an IMAGE
 *   header  := "TRELLISM" (8) · version u32 = 1 · CRC-32C u32 of the 12 bytes before
 *   frame   := magic u32 = "TRMF" · length u32 of the payload · position u64 of the frame in the file · kind u8
 *              · CRC-32C u32 of these 17 bytes and the payload · payload
 *   IMAGE   1 payload := revision u64 · epoch u64 · count varint · (key string · revision u64 · value bytes)*
 *   COMMIT  2 payload := revision u64 · epoch u64 · count varint · (1 · key string · value bytes | 2 · key string)*
 *   CLOSED  3 no payload
 *   string, bytes := length varint · bytes
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>Every frame is forced before it is acknowledged and before the next is written. So only the last frame can be torn: a
 *       bad frame with a good one anywhere behind it is damage, and the log refuses to open, naming file and position. A bad
 *       frame with nothing good behind it is the tail and is cut.
 *   <li>Revisions grow by one from frame to frame.
 *   <li>Compaction writes a new file with one image, forces it and renames it over the old one; a reader finds one or the other.
 *   <li>After a failed force nothing is written any more.
 * </ul>
 *
 * <p>What it cannot tell apart: a torn last frame and a last frame that was damaged later, unless the log was closed in order.
 */
@NullMarked
package io.trellisdb.coordination.metadata;

import org.jspecify.annotations.NullMarked;
