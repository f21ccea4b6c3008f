package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Finds the route of a change. */
final class Routes {
    private Routes() {}

    /**
     * The route of a change of one container.
     *
     * @param partitionValues the values of the partitioning columns, parameters as such or as columns of the parameters'
     *     batch; empty when they are not known
     */
    static WritePlan.Route of(Target target, List<Expression> partitionValues) {
        if (target.container().partitioning() instanceof Partitioning.Whole whole) {
            return new WritePlan.Route(whole.partition(), List.of(), List.of());
        }
        List<Integer> parameters = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (Expression value : partitionValues) {
            if (value instanceof Parameter parameter) {
                parameters.add(parameter.index());
            } else if (value instanceof ColumnRef column) {
                parameters.add(column.index());
            } else {
                return WritePlan.Route.ANYWHERE;
            }
            types.add(value.type());
        }
        return parameters.isEmpty() ? WritePlan.Route.ANYWHERE : new WritePlan.Route(-1, parameters, types);
    }
}
