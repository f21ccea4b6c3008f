package io.trellisdb.sql.plan;

import java.util.List;

/** WITH RECURSIVE: the seed's rows, then those of {@code step} over the rows of the round before, until none come.
 *
 * @param name which {@link RecursionInput} reads the last round
 * @param all false for UNION: rows seen before are dropped
 */
public record Recursion(String name, PlanNode seed, PlanNode step, boolean all, List<OutputColumn> output)
        implements PlanNode {
    public Recursion {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(seed, step);
    }
}
