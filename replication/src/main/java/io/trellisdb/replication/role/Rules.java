package io.trellisdb.replication.role;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Which rules hold: all of them, but for tests that want to see the damage. Immutable. */
public final class Rules {
    public static final Rules ALL = new Rules(EnumSet.noneOf(Rule.class));

    private final Set<Rule> off;

    private Rules(Set<Rule> off) {
        this.off = Collections.unmodifiableSet(off);
    }

    /** All rules but these; only tests have a use for it. */
    public static Rules without(Rule first, Rule... others) {
        return new Rules(EnumSet.of(first, others));
    }

    boolean hold(Rule rule) {
        return !off.contains(rule);
    }
}
