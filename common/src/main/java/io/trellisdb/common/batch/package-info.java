/**
 * The one shape in which rows move: {@link io.trellisdb.common.batch.Batch}, a slice of at most
 * {@value io.trellisdb.common.batch.Batch#MAX_ROWS} rows held by column, from the client's parameters to the operators.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Vectors and batches are immutable once built; the arrays that accessors hand out must not be written.
 *   <li>All vectors of a batch have the batch's row count; arrays may be longer than the row count.
 *   <li>A null bitmap has bit {@code row} set when the row is NULL; no bitmap means no NULLs. The value under a NULL is zero,
 *       so that equal vectors have equal bytes.
 *   <li>{@link io.trellisdb.common.type.DataType#layout()} alone decides which vector class holds a type.
 * </ul>
 *
 * <p>Boxed values ({@code value(row)}) are for the edges: BOOLEAN {@code Boolean}; TINYINT, SMALLINT, INTEGER
 * {@code Integer}; BIGINT {@code Long}; REAL {@code Float}; DOUBLE {@code Double}; DECIMAL {@code BigDecimal}; strings
 * {@code String}; binary {@code byte[]}; DATE {@code LocalDate}; TIME {@code LocalTime}; TIMESTAMP {@code LocalDateTime};
 * TIMESTAMP WITH LOCAL TIME ZONE {@code Instant}; intervals {@code Period} (months) and {@code Duration}; UUID
 * {@code java.util.UUID}; ARRAY {@code List}; NULL {@code null}.
 *
 * <p>Vectors are safe to read from any thread. Builders are confined to one thread. No conversions between types here.
 */
@NullMarked
package io.trellisdb.common.batch;

import org.jspecify.annotations.NullMarked;
