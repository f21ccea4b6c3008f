/**
 * What the tests of every module share: architecture rules, tidiness rules, golden scripts, seeded suites and a manual clock.
 *
 * <p>Used in test scope only; it imports {@code common} and nothing else of Trellis. Because of that arrow the tests of
 * {@code common} cannot use it: the architecture rules of {@code common} are run from the tests of this module.
 *
 * <p>Classes here are confined to the test's thread, except {@link io.trellisdb.testing.ManualClock}. It simulates
 * neither network nor disk.
 */
@NullMarked
package io.trellisdb.testing;

import org.jspecify.annotations.NullMarked;
