/**
 * Fuzzing of decoders: {@link io.trellisdb.testing.fuzz.FuzzSuite} gives a module's targets their tests,
 * {@link io.trellisdb.testing.fuzz.Harmless} says what must hold whatever bytes a decoder is given.
 *
 * <p>A target is a class with {@code public static void fuzzerTestOneInput(byte[])}, which returns or throws. Its corpus is
 * {@code src/test/resources/fuzz/<name>.corpus}: one input per line in Base64, shortest first. In {@code verify} the corpus is
 * run as it is. Under the nightly profile Jazzer mutates it in a process of its own for the target's share of the night and the
 * {@link io.trellisdb.testing.ReliabilityLedger} gets a line {@code fuzz-<name>} with the inputs tried as rounds; an input that
 * fails is named in the error and belongs into the corpus. With {@code -Dscripts.rewrite=true} such a run also replaces the
 * corpus by a smaller one that reaches as much code.
 *
 * <p>Confined to the test's thread. Linux only, as Jazzer's engine is; knows no decoder.
 */
@NullMarked
package io.trellisdb.testing.fuzz;

import org.jspecify.annotations.NullMarked;
