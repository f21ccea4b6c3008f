package io.trellisdb.sql.plan;

import java.util.List;

/** UNION, INTERSECT or EXCEPT of inputs with the same types. */
public record SetOperation(List<PlanNode> inputs, Kind kind, boolean all, List<OutputColumn> output)
        implements PlanNode {
    public SetOperation {
        output = List.copyOf(output);
        inputs = List.copyOf(inputs);
    }

    /** Which set operation. */
    public enum Kind {
        UNION,
        INTERSECT,
        EXCEPT
    }
}
