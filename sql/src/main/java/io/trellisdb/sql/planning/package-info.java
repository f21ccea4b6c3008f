/**
 * From a parsed query to a physical plan: names and types are resolved, the query is rewritten, access paths and the places
 * where work runs are chosen. {@link io.trellisdb.sql.planning.QueryPlanner} is the front door.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Calcite stays here: plans and expressions that leave are ours, and so are errors
 *       ({@code CalciteErrors} is the only place that reads Calcite's messages).
 *   <li>Constants are never evaluated while planning, since Calcite counts time in milliseconds and wraps integers; what a
 *       session fixes (CURRENT_TIMESTAMP and its like) is a {@code SessionValue}.
 *   <li>Below a {@code Gather} only scans, filters, projections, partial or whole aggregations, sorts and limits.
 *   <li>Strings are VARCHAR ordered by UTF-8 bytes; CHAR(n) is only what a column or a CAST declares.
 * </ul>
 *
 * <p>Access paths: the row key or a complete index, by as many equal columns as the condition gives and one range behind
 * them; partitions by equal partitioning columns. ORDER BY in the order of the path is not sorted, only merged.
 *
 * <p>Threads: one planning is confined to its thread; nothing is kept between plannings.
 *
 * <p>Does not know sessions, parameters' values or how plans run.
 */
@NullMarked
package io.trellisdb.sql.planning;

import org.jspecify.annotations.NullMarked;
