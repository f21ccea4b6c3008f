/**
 * Keyspaces and a journal on the heap, for databases that live as long as their process and for tests: the same words as on
 * disk, without a file. Nothing here is durable, and a failed round cannot be taken back.
 *
 * <p>Threads: as {@link io.trellisdb.storage.keyspace} and {@link io.trellisdb.storage.Journal} say. Starts no thread.
 */
@NullMarked
package io.trellisdb.storage.memory;

import org.jspecify.annotations.NullMarked;
