/**
 * The syntax tree of the statements that Calcite's own tree has no class for: container definition, index, view and
 * database definition, upserts with RETURNING, session and transaction statements.
 *
 * <p>Nodes are immutable, carry names and expressions exactly as written (identifiers already folded) and check nothing
 * that needs the catalog. Each prints itself as SQL that parses to an equal tree. Queries and expressions below a node
 * are Calcite's. The generated parser builds these nodes; the binder reads them through their accessors.
 *
 * <p>Nodes of definitions are opaque to Calcite's visitors: their operand list is empty. Nodes that wrap a query or a
 * change of rows list the wrapped trees, so that parameters can be found in them.
 */
@NullMarked
package io.trellisdb.sql.syntax;

import org.jspecify.annotations.NullMarked;
