package io.trellisdb.sql;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.sql.planning.QueryPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The columns of views, for information_schema; none when a view's query no longer fits the catalog. */
final class ViewColumns implements BiFunction<Catalog, ViewDescriptor, List<OutputColumn>> {
    private final QueryPlanner planner;

    ViewColumns(QueryPlanner planner) {
        this.planner = planner;
    }

    @Override
    public List<OutputColumn> apply(Catalog catalog, ViewDescriptor view) {
        String database = catalog.findDatabase(view.databaseId())
                .map(DatabaseDescriptor::name)
                .orElse(DatabaseDescriptor.DEFAULT_NAME);
        List<QueryColumn> columns;
        try {
            columns = planner.describe(SqlSyntax.parseStatement(view.querySql()), catalog, database);
        } catch (TrellisException e) {
            return List.of();
        }
        List<OutputColumn> named = new ArrayList<>();
        for (QueryColumn column : columns) {
            String name = named.size() < view.columnNames().size()
                    ? view.columnNames().get(named.size())
                    : column.label();
            named.add(new OutputColumn(name, column.type(), column.nullable()));
        }
        return named;
    }
}
