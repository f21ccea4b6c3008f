/**
 * What client and server say to each other: {@link io.trellisdb.protocol.message.Request},
 * {@link io.trellisdb.protocol.message.Response} and the envelopes that carry them. Only values; how they become bytes is the
 * parent package's business, whose documentation is the specification.
 *
 * <p>Invariants: every choice is sealed; a record that exists is one that can be sent; absence is null only where marked.
 * Immutable, any thread. This package imports none of its siblings.
 */
@NullMarked
package io.trellisdb.protocol.message;

import org.jspecify.annotations.NullMarked;
