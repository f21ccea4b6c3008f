package io.trellisdb.sql.plan;

import java.util.List;

/** Reads a virtual table that the gateway computes: information_schema and what SHOW shows.
 *
 * @param table the virtual table's name, such as {@code information_schema.columns}
 */
public record SystemScan(String table, List<Integer> columns, List<OutputColumn> output) implements PlanNode {
    public SystemScan {
        output = List.copyOf(output);
        columns = List.copyOf(columns);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }
}
