/**
 * What a person or a program sees: rows as a table, as CSV or as JSON lines, and the progress of a long load.
 *
 * <p>Invariants: rows are printed as they arrive; a table looks ahead
 * {@value io.trellisdb.cli.output.TableFormat#ROWS_AHEAD} rows to choose its widths and never cuts a value. Progress is one
 * moving line on a terminal and a few plain lines elsewhere. Confined to one thread. Opens and closes no results.
 */
@NullMarked
package io.trellisdb.cli.output;

import org.jspecify.annotations.NullMarked;
