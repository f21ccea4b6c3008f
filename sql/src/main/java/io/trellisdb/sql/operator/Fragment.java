package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.sql.plan.PlanNode;
import java.util.List;
import java.util.Map;

/**
 * A part of a plan that runs on the owner of some partitions; data only, so that it can be sent.
 *
 * @param partitions those that the plan's scans read; all owned by one node
 * @param outerRows the current outer row (one row) of each enclosing correlation
 */
public record Fragment(PlanNode plan, List<Integer> partitions, Map<Integer, Batch> outerRows) {
    public Fragment {
        partitions = List.copyOf(partitions);
        outerRows = Map.copyOf(outerRows);
    }
}
