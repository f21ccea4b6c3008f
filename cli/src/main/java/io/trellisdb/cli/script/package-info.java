/**
 * Where one SQL statement of a script ends and the next begins.
 *
 * <p>Invariants: text is read as it comes and never held beyond one statement, which is at most
 * {@value io.trellisdb.cli.script.StatementReader#MAX_CHARACTERS} characters; a semicolon inside quotes or a comment ends
 * nothing. Confined to one thread. Does not look into statements: what is wrong with them, the database says.
 */
@NullMarked
package io.trellisdb.cli.script;

import org.jspecify.annotations.NullMarked;
