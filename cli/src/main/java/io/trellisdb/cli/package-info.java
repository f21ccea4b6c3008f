/**
 * The command line: {@code sql}, {@code import} and {@code demo}. {@code server} is dispatched by the distribution's start
 * script to the server's own main class, so nothing here knows the server: embedded URLs find it through the driver.
 *
 * <p>This package assembles its children and none of them imports it: {@code script} splits text into statements,
 * {@code output} prints rows, {@code load} brings CSV files into tables, {@code demo} shows Trellis on real data.
 *
 * <p>Invariants: results go to standard output, everything else to standard error; a command that fails writes one sentence
 * and exits with 1, a command line that cannot be understood exits with 2; only {@link io.trellisdb.cli.Main} ends the
 * process. Everything runs on the main thread.
 *
 * <p>Speaks JDBC only and has no SQL knowledge beyond where a statement ends.
 */
@NullMarked
package io.trellisdb.cli;

import org.jspecify.annotations.NullMarked;
