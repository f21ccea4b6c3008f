/**
 * CREATE, ALTER, DROP and TRUNCATE: from syntax trees to changes of the catalog. {@link
 * io.trellisdb.sql.definition.DefinitionRunner} is the door.
 *
 * <p>Invariants: a change is checked against the catalog image it was made from, and the catalog's service refuses it when
 * another change came between, so that it is made again; expressions of CHECK and DEFAULT and the queries of views are
 * bound before they are kept, as SQL text; what would leave a view or a key without something it needs is refused, naming
 * it; options and clauses that do not exist yet are refused, never ignored.
 *
 * <p>Threads: confined to the statement's thread. Does not hand out ids and does not touch rows, except for TRUNCATE and
 * CREATE TABLE AS, which go through {@code write}.
 */
@NullMarked
package io.trellisdb.sql.definition;

import org.jspecify.annotations.NullMarked;
