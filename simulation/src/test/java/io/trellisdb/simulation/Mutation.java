package io.trellisdb.simulation;

import io.trellisdb.replication.role.Rule;
import io.trellisdb.replication.role.Rules;
import org.jspecify.annotations.Nullable;

/** One rule broken, numbered as in the design; the simulation must see the damage of each. */
enum Mutation {
    NONE(0, null),
    OWNER_FROM_OUTSIDE(1, null),
    OWNER_BY_LENGTH(2, null),
    ACK_BEFORE_REMOVAL_IS_CONFIRMED(3, Rule.SHRINK_AFTER_CONFIRMATION),
    ADDED_MEMBER_IS_NOT_WAITED_FOR(4, Rule.GROW_BEFORE_REQUEST),
    PENDING_ADD_IS_GIVEN_UP(5, Rule.KEEP_PENDING_ADD),
    TERM_IS_RESUMED_AFTER_A_CRASH(6, Rule.ONE_ACTIVATION_PER_TERM),
    NO_TERM_FENCE(7, Rule.TERM_FENCE),
    TRUNCATE_TO_OWN_COMMIT(8, Rule.KEEP_TAIL_UNTIL_CONFLICT),
    NO_LEASE_WAIT(9, null),
    STALE_MASTER_GRANTS_LEASES(10, null),
    MEMBER_IS_ADMITTED_EARLY(11, Rule.ADMIT_AFTER_BARRIER),
    NO_COMPARE_AND_SET(12, null),
    TRUNCATE_ON_A_SHORTER_MESSAGE(13, Rule.TRUNCATE_CONFLICTS_ONLY),
    NO_BARRIER(14, Rule.BARRIER_FIRST),
    COMMIT_WITHOUT_OWN_FLUSH(15, Rule.COUNT_OWN_FLUSH),
    SAME_INCARNATION_AFTER_LOSS(16, null),
    IMAGE_WITH_UNCOMMITTED(17, Rule.IMAGE_OF_COMMITTED),
    IMAGE_WITHOUT_NEW_INCARNATION(18, Rule.IMAGE_NEEDS_NEW_INCARNATION),
    DIRTY_READ(19, null),
    HANDOVER_WITHOUT_STOPPING(20, Rule.STOP_BEFORE_HANDOVER),
    CONFIGURATION_GOES_BACKWARDS(21, Rule.CONFIGURATION_ORDER),
    APPLY_BEFORE_COMMIT(23, Rule.APPLY_AFTER_COMMIT),
    APPLIED_TAIL_IS_KEPT(24, Rule.DISCARD_APPLIED_TAIL),
    TAIL_TOKENS_ARE_FORGOTTEN(25, Rule.TOKENS_OF_TAIL),
    ASYNC_IMAGE_BEFORE_COMMIT(28, Rule.IMAGE_WAITS_FOR_COMMIT),
    LEASE_WITHOUT_ITS_TABLE(0, Rule.LEASE_COVERS_CONFIGURATION);

    /** Its number in the design, 0 for those that came later. */
    final int number;

    final @Nullable Rule rule;

    Mutation(int number, @Nullable Rule rule) {
        this.number = number;
        this.rule = rule;
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
