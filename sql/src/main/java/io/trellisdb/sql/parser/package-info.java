/**
 * From SQL text to a syntax tree. {@link io.trellisdb.sql.parser.SqlSyntax} is the only door.
 *
 * <p>Most of this package is generated: Calcite's grammar template, extended by {@code src/main/codegen} (see
 * {@code build.xml} there). Written by hand are the door, the limits that are checked before the text is parsed, and the
 * token source that tells names from keywords. Nothing here knows the catalog; every object is confined to the thread
 * that parses. No error but TrellisException leaves the package.
 */
@NullMarked
package io.trellisdb.sql.parser;

import org.jspecify.annotations.NullMarked;
