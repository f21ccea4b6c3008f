/**
 * The catalog's service: keeps databases, containers and views as metadata records, makes their changes and sees to it that the
 * partitions follow.
 *
 * <pre>
 *   catalog/head            next id; every change rewrites it, so changes exclude each other and its revision is the version
 *   catalog/database/ID     catalog/container/ID     catalog/view/ID
 *   catalog/dropped/ID      a container that is gone and whose rows are still to be removed
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>A change is one metadata commit under compare-and-set; ids are never given twice, also over crashes.
 *   <li>An index is read only when every partition has it complete. A build or a removal that a crash cut short goes on after
 *       the restart.
 *   <li>While an index of a container is built, other changes of that container are refused.
 * </ul>
 *
 * <p>Threads: changes run on the caller's thread and wait for disks and partitions; reading the image never waits. One thread
 * of its own finishes what nobody waits for.
 *
 * <p>Knows no SQL: texts of defaults, checks and views are kept as they are given.
 */
@NullMarked
package io.trellisdb.server.catalog;

import org.jspecify.annotations.NullMarked;
