/**
 * A disk in memory that may lose, tear and reorder whatever was not forced, as {@code common.vfs} allows it to.
 *
 * <p>Invariants: {@link io.trellisdb.testing.vfs.MemoryVfs} keeps to the contract of {@code common.vfs.Vfs} until a crash or
 * a planned fault; equal operations and seeds give equal contents. All methods are synchronized on the file system: any
 * thread may call. Does not simulate time, permissions or symbolic links.
 */
@NullMarked
package io.trellisdb.testing.vfs;

import org.jspecify.annotations.NullMarked;
