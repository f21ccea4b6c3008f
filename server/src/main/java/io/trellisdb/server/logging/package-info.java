/**
 * Where log lines go. A server writes them to rotated files under its data directory and, from INFO on, to the error stream;
 * slow statements have a file of their own. In other programs Trellis stays quiet below WARN unless they configure Logback
 * themselves.
 *
 * <p>No threads. Never writes to the standard output, which belongs to the command.
 */
@NullMarked
package io.trellisdb.server.logging;

import org.jspecify.annotations.NullMarked;
