/** Tests of reading literals out of SQL text. */
@NullMarked
package io.trellisdb.sql.lexer;

import org.jspecify.annotations.NullMarked;
