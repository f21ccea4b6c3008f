/**
 * One series of a time series container: a window of recent rows in memory, blocks of older ones, overlays for what changed
 * in blocks since. {@link io.trellisdb.storage.series.Series} is the front door, {@link
 * io.trellisdb.storage.series.SeriesBlocks} is what it asks of the keyspaces below.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Rows are ordered by timestamp, at most one each. Rows up to {@code sealedThrough} are in blocks and overlays, later
 *       ones in the window; changes are absolute, so applying them again changes nothing.
 *   <li>The window is an append-only ordered run and an append-only late run of at most 256 changes: nothing is moved in
 *       place. Reader and writer meet in one volatile reference, so a reader sees whole rows and no lock is needed.
 *   <li>Readers look at the window first and at blocks up to its {@code sealedThrough}; at an overlay before its block.
 *       Writers put blocks before they publish the window without those rows, and before they remove a folded overlay.
 *   <li>Blocks hold up to 4,096 rows; the last one is a tail that is rewritten until it is full.
 * </ul>
 *
 * <p>Threads: the partition's writer thread changes; any thread reads. Knows no keys, journals, or transactions.
 */
@NullMarked
package io.trellisdb.storage.series;

import org.jspecify.annotations.NullMarked;
