/**
 * The server's configuration: every key with its type, bounds and meaning in one list, read from one HOCON file and from
 * {@code --set key=value}.
 *
 * <p>Invariants: a key that is not in {@link io.trellisdb.server.config.ServerSettings} is refused by name, and so is a
 * value outside its bounds; a {@link io.trellisdb.server.config.ServerConfig} is complete and never changes.
 * {@code docs/reference/configuration.md} is generated from the list.
 *
 * <p>No threads. Does not know what the values are used for.
 */
@NullMarked
package io.trellisdb.server.config;

import org.jspecify.annotations.NullMarked;
