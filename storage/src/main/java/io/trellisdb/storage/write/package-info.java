/**
 * What a changing statement asks of the owners of its partitions: the contract between those who plan statements and those
 * who order them. {@code sql} implements {@link io.trellisdb.storage.write.WriteCommand}; {@code replication} runs it.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A command is data (a record): it can be run again, and later be sent to another node.
 *   <li>A command decides on the partition's writer thread from committed state and the locks it holds; it never blocks, and
 *       it may be run several times, so it has no side effects.
 *   <li>What it decides are absolute operations; every row and unique key that they touch is locked first.
 * </ul>
 *
 * <p>Does not know how decisions become durable.
 */
@NullMarked
package io.trellisdb.storage.write;

import org.jspecify.annotations.NullMarked;
