/**
 * Reads SQL text far enough to see that two statements differ only in their literals, and to take the rows of INSERT …
 * VALUES out of the text, without the parser: {@link io.trellisdb.sql.lexer.Tokens} cuts the text,
 * {@link io.trellisdb.sql.lexer.StatementText} finds the template and the literals,
 * {@link io.trellisdb.sql.lexer.Literals} turns literals into values of a column's type.
 *
 * <p>Invariants: a template is SQL that the parser reads, with {@code ?} where a literal stood; text that is not understood
 * here is left to the parser, never refused; a literal is taken out of a comparison only when its value belongs to the
 * other side's type exactly, so that the statement means the same with a parameter.
 *
 * <p>Immutable values, no threads, no Calcite, no catalog.
 */
@NullMarked
package io.trellisdb.sql.lexer;

import org.jspecify.annotations.NullMarked;
