/**
 * Scalar expressions of physical plans, as data: what the planner produces and the kernels interpret.
 *
 * <p>Invariants: an expression is immutable and knows its result type; argument types are exactly those its kernel takes,
 * because the planner inserts every {@link io.trellisdb.sql.expression.Cast} itself; nothing here refers to Calcite, sessions
 * or stores, so expressions can be cached, compared, printed and sent.
 *
 * <p>Names of functions in {@link io.trellisdb.sql.expression.Call} are upper case and SQL's own: the operators
 * {@code + - * / MOD NEGATE = <> < <= > >= AND OR NOT || LIKE ILIKE}, the tests {@code IS NULL}, {@code IS NOT NULL},
 * {@code IS TRUE}, {@code IS NOT TRUE}, {@code IS FALSE}, {@code IS NOT FALSE}, {@code IS DISTINCT FROM},
 * {@code IS NOT DISTINCT FROM}, and functions such as {@code UPPER}, {@code SUBSTRING}, {@code COALESCE}. AND, OR and
 * COALESCE take two or more arguments. Extraction and truncation name their unit: {@code EXTRACT_YEAR},
 * {@code FLOOR_HOUR}, {@code CEIL_DAY}.
 *
 * <p>No threads; evaluation is {@code kernel}'s.
 */
@NullMarked
package io.trellisdb.sql.expression;

import org.jspecify.annotations.NullMarked;
