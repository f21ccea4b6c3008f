package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.List;

/** A row that a scalar expression may read, under a name: a table's row, or {@code excluded}. */
public record RowScope(String alias, List<OutputColumn> columns) {
    public RowScope {
        columns = List.copyOf(columns);
    }

    /** All columns of a container, in their order. */
    public static RowScope of(String alias, ContainerDescriptor container) {
        return new RowScope(
                alias,
                container.columns().stream()
                        .map(column -> new OutputColumn(column.name(), column.type(), column.nullable()))
                        .toList());
    }
}
