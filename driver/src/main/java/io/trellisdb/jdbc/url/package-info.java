/**
 * The driver's URL and properties: {@link io.trellisdb.jdbc.url.ConnectionUrl} says where to go,
 * {@link io.trellisdb.jdbc.url.ConnectionProperty} lists every key with its default and meaning.
 *
 * <p>Invariants: an unknown key and a value out of range are refused with the key's name; the URL wins over {@code Properties};
 * nothing is looked up or connected here. Immutable values, any thread. Imports only {@code error} among its siblings.
 */
@NullMarked
package io.trellisdb.jdbc.url;

import org.jspecify.annotations.NullMarked;
