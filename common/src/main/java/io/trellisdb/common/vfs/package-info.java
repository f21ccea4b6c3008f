/**
 * The only door to files for the journal and the metadata log, so that a simulated disk can stand behind it.
 *
 * <p>A {@link io.trellisdb.common.vfs.Vfs} is one directory tree. Names are relative, with {@code /} between their parts
 * and none of them empty, {@code .} or {@code ..}.
 *
 * <p>What survives a power loss, the whole of it:
 * <ul>
 *   <li>bytes of a file: those written before its last successful {@code force}; later ones survive in any part and order;
 *   <li>names (created, renamed, deleted): those before the last {@code forceDirectory} of their directory, even when the
 *       file itself was forced; later changes of one directory survive up to some point;
 *   <li>directories: once {@code createDirectories} has returned.
 * </ul>
 * After a failed {@code force} nothing that was written since the last successful one may be counted on, now or after
 * another {@code force}: the file must be given up.
 *
 * <p>Failures are {@link io.trellisdb.common.error.TrellisException} with {@code DISK_FULL} or {@code IO_ERROR}, naming
 * the file. Any thread may call; positions are the caller's, so reads and writes do not disturb each other. Nobody may
 * interrupt a thread that is inside: the JDK would close the file under all others.
 *
 * <p>JE does its own file access and does not come through here.
 */
@NullMarked
package io.trellisdb.common.vfs;

import org.jspecify.annotations.NullMarked;
