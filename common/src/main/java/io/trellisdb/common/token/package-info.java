/**
 * Exactly-once tokens: how a request that changes data is named, so that a repeated one is recognised.
 *
 * <p>Invariants: a session's sequence numbers increase by one per changing statement and are never reused; everything below a
 * session's lowest unfinished sequence was answered and will not be asked for again. Immutable values, no threads.
 */
@NullMarked
package io.trellisdb.common.token;

import org.jspecify.annotations.NullMarked;
