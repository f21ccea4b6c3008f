/**
 * The only way to change a partition: its owner decides a statement, puts one entry into the journal, and applies it when it
 * is committed. The front door is {@link io.trellisdb.replication.PartitionOwners}. This package assembles its children:
 * {@code role} is the owner's protocol as a pure function, {@code lock} keeps statements apart.
 *
 * <pre>
 *   write(statement) ─► token known? ─► decide under locks ─► append ─► durable = committed ─► apply ─► unlock, answer
 *                                        ▲ one part per partition, each on its writer thread; the last one to decide seals
 *                                        └ wounded or waiting parts are run again from their beginning
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>A statement's locks are held from its decision until its entry is applied: the next one sees what it did.
 *   <li>The parts of a statement are one group of the journal: whole or absent after a crash.
 *   <li>Until a statement is sealed it can fail, be wounded or time out, and nothing has happened; from then on only the
 *       journal decides, and if the journal fails the outcome is unknown.
 *   <li>A token is known as running from arrival to answer and from the store afterwards; it is executed once.
 *   <li>A container's descriptor, and a row id's reservation, are in the log before or with the first entry that needs them.
 * </ul>
 *
 * <p>Threads: partition {@code p} belongs to writer {@code p mod writers}; its state is confined to that thread. Writers talk
 * by events and never wait for each other, a lock, a flush or a client. A group over several writers visits them in the
 * order of their numbers, and each holds back its appends until the last one has appended the group. Answers are completed
 * on writer threads: what hangs on them must not block.
 *
 * <p>Knows nothing of SQL, networks or who is master. Backups, catch-up and transactions come here later.
 */
@NullMarked
package io.trellisdb.replication;

import org.jspecify.annotations.NullMarked;
