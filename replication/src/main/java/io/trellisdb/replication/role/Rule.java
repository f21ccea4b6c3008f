package io.trellisdb.replication.role;

/**
 * The rules of replication that a replica keeps, each with the damage that it prevents. Tests switch them off one by one to
 * prove that they would see the damage; a running node keeps all of them.
 */
public enum Rule {
    /** R1: messages of an older term are refused; whoever sees a newer one promises it and stops owning. */
    TERM_FENCE,
    /** R2: a term is begun once; after a crash the owner waits for a new one. Else one position names two entries. */
    ONE_ACTIVATION_PER_TERM,
    /** R3: a message that ends earlier than the log says nothing about the rest of it. */
    TRUNCATE_CONFLICTS_ONLY,
    /** R3: a new owner's backup keeps what it has until it conflicts. Its own commit position may be far behind. */
    KEEP_TAIL_UNTIL_CONFLICT,
    /** R4: the owner's own flush counts like a backup's. */
    COUNT_OWN_FLUSH,
    /** R5: a term begins with a barrier, and nothing is committed before it is. */
    BARRIER_FIRST,
    /** R5, R7: nobody is admitted before the barrier is committed: until then the commit position is unknown. */
    ADMIT_AFTER_BARRIER,
    /** R6: a silent backup is waited for until the master has committed its removal. */
    SHRINK_AFTER_CONFIRMATION,
    /** R7: a new member is waited for before its admission is asked for. */
    GROW_BEFORE_REQUEST,
    /** R7: an admission that was asked for may happen at any time, until a later configuration says otherwise. */
    KEEP_PENDING_ADD,
    /** R9: an image holds committed state only. */
    IMAGE_OF_COMMITTED,
    /** R9: an image replaces what a replica has acknowledged, so it needs a new incarnation. */
    IMAGE_NEEDS_NEW_INCARNATION,
    /** R9: an asynchronous owner's image may be used when all of it is committed. */
    IMAGE_WAITS_FOR_COMMIT,
    /** R11: configurations are taken upwards only. */
    CONFIGURATION_ORDER,
    /** R12: reads and writes need a lease that has not run out. */
    LEASE,
    /** R12: a lease counts for the table it was granted with, and later ones. */
    LEASE_COVERS_CONFIGURATION,
    /** R12: an owner stops before it says that it has stopped. */
    STOP_BEFORE_HANDOVER,
    /** R13: in semi-synchronous mode the store holds committed entries only. */
    APPLY_AFTER_COMMIT,
    /** A replica that has applied what others have not is discarded, not truncated. */
    DISCARD_APPLIED_TAIL,
    /** A repeated statement finds its first try in the tail that is not applied yet. */
    TOKENS_OF_TAIL
}
