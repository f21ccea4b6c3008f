/**
 * Finds what a statement names in a catalog image: {@link io.trellisdb.sql.naming.NameResolver}, and says what was
 * probably meant when there is nothing of that name: {@link io.trellisdb.sql.naming.Suggestion}.
 *
 * <p>Invariants: names are compared exactly, as the parser has folded them; a name has at most two parts, database and
 * object. Immutable values, no threads. Queries resolve their names by themselves, in {@code planning}.
 */
@NullMarked
package io.trellisdb.sql.naming;

import org.jspecify.annotations.NullMarked;
