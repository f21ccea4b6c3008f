package io.trellisdb.simulation;

import io.trellisdb.replication.role.Rule;
import io.trellisdb.replication.role.Rules;
import org.jspecify.annotations.Nullable;

/** One rule broken, numbered as in the design; the simulation must see the damage of each. */
enum Mutation {
    NONE(0, null, 1),
    OWNER_FROM_OUTSIDE(1, null, 1),
    OWNER_BY_LENGTH(2, null, 1),
    ACK_BEFORE_REMOVAL_IS_CONFIRMED(3, Rule.SHRINK_AFTER_CONFIRMATION, 1),
    ADDED_MEMBER_IS_NOT_WAITED_FOR(4, Rule.GROW_BEFORE_REQUEST, 1),
    PENDING_ADD_IS_GIVEN_UP(5, Rule.KEEP_PENDING_ADD, 17),
    TERM_IS_RESUMED_AFTER_A_CRASH(6, Rule.ONE_ACTIVATION_PER_TERM, 1),
    NO_TERM_FENCE(7, Rule.TERM_FENCE, 1),
    TRUNCATE_TO_OWN_COMMIT(8, Rule.KEEP_TAIL_UNTIL_CONFLICT, 1),
    NO_LEASE_WAIT(9, null, 1),
    STALE_MASTER_GRANTS_LEASES(10, null, 29),
    MEMBER_IS_ADMITTED_EARLY(11, Rule.ADMIT_AFTER_BARRIER, 178),
    NO_COMPARE_AND_SET(12, null, 58),
    TRUNCATE_ON_A_SHORTER_MESSAGE(13, Rule.TRUNCATE_CONFLICTS_ONLY, 1),
    NO_BARRIER(14, Rule.BARRIER_FIRST, 5),
    COMMIT_WITHOUT_OWN_FLUSH(15, Rule.COUNT_OWN_FLUSH, 85),
    SAME_INCARNATION_AFTER_LOSS(16, null, 1),
    IMAGE_WITH_UNCOMMITTED(17, Rule.IMAGE_OF_COMMITTED, 58),
    IMAGE_WITHOUT_NEW_INCARNATION(18, Rule.IMAGE_NEEDS_NEW_INCARNATION, 36),
    DIRTY_READ(19, null, 1),
    HANDOVER_WITHOUT_STOPPING(20, Rule.STOP_BEFORE_HANDOVER, 101),
    CONFIGURATION_GOES_BACKWARDS(21, Rule.CONFIGURATION_ORDER, 1),
    APPLY_BEFORE_COMMIT(23, Rule.APPLY_AFTER_COMMIT, 1),
    APPLIED_TAIL_IS_KEPT(24, Rule.DISCARD_APPLIED_TAIL, 13),
    TAIL_TOKENS_ARE_FORGOTTEN(25, Rule.TOKENS_OF_TAIL, 1),
    ASYNC_IMAGE_BEFORE_COMMIT(28, Rule.IMAGE_WAITS_FOR_COMMIT, 7),
    LEASE_WITHOUT_ITS_TABLE(0, Rule.LEASE_COVERS_CONFIGURATION, 24);

    /** Its number in the design, 0 for those that came later. */
    final int number;

    final @Nullable Rule rule;
    /** A seed that has found it; where a search begins. */
    final long likelySeed;

    Mutation(int number, @Nullable Rule rule, long likelySeed) {
        this.number = number;
        this.rule = rule;
        this.likelySeed = likelySeed;
    }

    Rules rules() {
        return rule == null ? Rules.ALL : Rules.without(rule);
    }

    boolean needsAsync() {
        return this == APPLIED_TAIL_IS_KEPT || this == ASYNC_IMAGE_BEFORE_COMMIT;
    }

    boolean needsBuffered() {
        return this == SAME_INCARNATION_AFTER_LOSS;
    }
}
