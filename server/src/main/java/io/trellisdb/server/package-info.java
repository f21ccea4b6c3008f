/**
 * The server's command: {@link io.trellisdb.server.Main} reads the command line, starts one node and waits. This package
 * assembles its children and none of them imports it: {@code config} (settings), {@code node} (all wiring), {@code network}
 * and {@code embedded} (the two doors for SQL), {@code session}, {@code catalog}, {@code http} (health and metrics), {@code
 * logging}.
 *
 * <p>Threads: the main thread waits for the node to fail, a shutdown hook stops it.
 */
@NullMarked
package io.trellisdb.server;

import org.jspecify.annotations.NullMarked;
