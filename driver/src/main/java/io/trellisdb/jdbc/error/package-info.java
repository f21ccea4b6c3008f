/**
 * The driver's only door from {@link io.trellisdb.common.error.ErrorCode}s and the server's failures to {@code SQLException}s:
 * {@link io.trellisdb.jdbc.error.SqlErrors}.
 *
 * <p>Invariants: the SQLSTATE is always the code's own; the class follows it, so that a program may catch by class or by state;
 * an unsupported method is {@code 0AT00}, never exactly {@code 0A000}, for which pools throw connections away; vendor codes are
 * 0. Stateless, any thread. Imports none of its siblings.
 */
@NullMarked
package io.trellisdb.jdbc.error;

import org.jspecify.annotations.NullMarked;
