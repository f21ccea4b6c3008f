/**
 * Trellis shown on real data: {@link io.trellisdb.cli.demo.DemoData} makes two databases and loads the shipped files,
 * {@link io.trellisdb.cli.demo.DemoTour} asks questions and prints answers.
 *
 * <p>Invariants: nothing but JDBC is used, so that every line could stand in an application; a run starts afresh, whatever an
 * earlier one left in the databases {@code sensors} and {@code travel}. Confined to one thread. Does not open connections.
 */
@NullMarked
package io.trellisdb.cli.demo;

import org.jspecify.annotations.NullMarked;
