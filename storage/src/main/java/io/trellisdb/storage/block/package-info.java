/**
 * Blocks: up to 4,096 rows of one series as compressed columns, with the aggregates of each column in the header.
 * {@link io.trellisdb.storage.block.BlockWriter} encodes, {@link io.trellisdb.storage.block.Block} reads,
 * {@link io.trellisdb.common.aggregate.ColumnAggregate} is what headers know.
 *
 * <pre>
 *  0 u8 version (1) · 1 u8 form · 2 u16 rows · 4 u16 columns · 6 u16 0 · 8 i32 header length H · 12 i32 block length
 * 16 i64 first timestamp · 24 i64 last timestamp
 * form 1, columns                                      form 2, compact, below 64 rows where that is smaller
 * 32 directory, 20 bytes for timestamps and each       32 column ids (varints), then the rows with their timestamps
 *    column: id · header at · body at · body length       as a batch with types (BatchCodec)
 *    · CRC-32C of the body                             H − 4 CRC-32C of all before; H is the block's length
 *    headers: timestamps: stream; column: layout u8
 *    · aggregate · nulls u8 (0 none, 1 bitmap, 2 all) · content
 * H − 4 CRC-32C of all before; zeros to 8
 *    bodies, at multiples of 8: [null bitmap] · what the content describes, little-endian; at the end 8 zero bytes
 *
 * content := INT, LONG stream · DOUBLE DoubleColumnWriter · INT128 stream (high halves) stream (low) · BYTES BytesColumnWriter
 *          | ARRAY stream (lengths) · nulls u8 · content of the elements            stream: LongStream
 * aggregate := flags (1 starts, 2 ends with NULL) · rows varint · non-null varint · if any: min max first last · sum
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>Values come back bit by bit, and zero under a NULL; the encoding of equal rows is equal.
 *   <li>Numbers in headers are big-endian or varints, in bodies little-endian.
 *   <li>Any damage is {@code DATA_CORRUPTED}; memory is taken only for counts that were checked against the block's limits.
 *   <li>An aggregate of whole blocks needs no body. Sums are exact for integers and decimals, compensated for other doubles.
 * </ul>
 *
 * <p>Pure: no threads, no clocks, no files. Knows neither series nor keys: columns are known by id, types by the caller.
 */
@NullMarked
package io.trellisdb.storage.block;

import org.jspecify.annotations.NullMarked;
