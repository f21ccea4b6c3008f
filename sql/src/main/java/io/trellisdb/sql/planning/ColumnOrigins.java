package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.ColumnDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** What a client is told about the columns of a query. */
final class ColumnOrigins {
    private static final int DATABASE_TABLE_COLUMN = 3;

    private ColumnOrigins() {}

    static List<QueryColumn> describe(PlanningRun run, TrellisValidator validator, SqlNode query, RelDataType rowType) {
        List<@Nullable List<String>> origins = new ArrayList<>(validator.getFieldOrigins(query));
        List<String> labels = ColumnLabels.of(query, rowType);
        List<QueryColumn> columns = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            columns.add(describe(run, field, labels.get(field.getIndex()), origins.get(field.getIndex())));
        }
        return columns;
    }

    private static QueryColumn describe(
            PlanningRun run, RelDataTypeField field, String label, @Nullable List<String> origin) {
        boolean nullable = field.getType().isNullable();
        if (origin == null || origin.size() != DATABASE_TABLE_COLUMN) {
            return new QueryColumn(label, label, TypeMapping.toTrellis(field.getType()), nullable, false, "", "");
        }
        Optional<ColumnDescriptor> stored = run.catalog()
                .findDatabase(origin.get(0))
                .flatMap(database -> run.catalog().findContainer(database.id(), origin.get(1)))
                .flatMap(container -> container.findColumn(origin.get(2)));
        return new QueryColumn(
                label,
                origin.get(2),
                stored.map(ColumnDescriptor::type).orElseGet(() -> TypeMapping.toTrellis(field.getType())),
                nullable,
                stored.map(column -> column.identity() != null).orElse(false),
                origin.get(1),
                origin.get(0));
    }
}
