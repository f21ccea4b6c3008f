/**
 * Failed requests and their codes. Every failure that a client may see is a {@link io.trellisdb.common.error.TrellisException}
 * with one {@link io.trellisdb.common.error.ErrorCode}; broken invariants are {@link IllegalStateException} and never carry a code.
 *
 * <p>Invariants: a code has exactly one SQLSTATE, category and retry rule. Messages are a static sentence followed by the values.
 * No threads. Does not translate foreign exceptions: each library's only door does that.
 */
@NullMarked
package io.trellisdb.common.error;

import org.jspecify.annotations.NullMarked;
