package io.trellisdb.sql.plan;

import java.util.List;

/** A node of a physical plan. */
public sealed interface PlanNode
        permits Scan,
                SeriesAggregate,
                SystemScan,
                Values,
                Gather,
                Filter,
                Project,
                Aggregate,
                Sort,
                Limit,
                Join,
                Correlate,
                SetOperation,
                Window,
                Unnest,
                Recursion,
                RecursionInput {
    List<OutputColumn> output();

    List<PlanNode> inputs();
}
