package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.PlanNode;
import java.util.List;

/**
 * A query ready to run.
 *
 * @param parameterTypes the type of each {@code ?} in the order of the text; values are converted to it before the plan runs
 * @param columns what the client sees, one per output column of {@code root}
 */
public record PlannedQuery(PlanNode root, List<DataType> parameterTypes, List<QueryColumn> columns) {
    public PlannedQuery {
        parameterTypes = List.copyOf(parameterTypes);
        columns = List.copyOf(columns);
    }
}
