/**
 * Who is master, what the cluster has agreed on, and how a node learns of both: the API. This package holds the words that
 * its children share and imports none of them: {@code local} is the provider of a node that is alone, {@code metadata} is the
 * checksummed metadata log that providers without a replicated environment keep, {@code partition} turns the partition table
 * into records and back. Providers are found by {@link java.util.ServiceLoader}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A mastership is an {@link io.trellisdb.coordination.Epoch}: larger than all before it, written durably before anything
 *       is done in its name, checked by every metadata commit. At most one guard is valid for an epoch.
 *   <li>Metadata are records under keys ({@code catalog/…}, {@code partition/…}, {@code node/…}, {@code setting/…}); a commit
 *       changes several at once or none, and makes one new revision.
 *   <li>A commit was applied, was not applied, or its outcome is unknown; the three are never mixed up.
 *   <li>Every node reads its own copy, which may be behind but never goes back, and says at which revision it stands.
 * </ul>
 *
 * <p>Threads: everything may be called by any thread. Commits block until they are durable; reads do not block. Listeners hear
 * in order, one call at a time, on the executor that the environment gives; they must be quick.
 *
 * <p>Knows no SQL and no rows: records are bytes. Never ends the process.
 */
@NullMarked
package io.trellisdb.coordination;

import org.jspecify.annotations.NullMarked;
