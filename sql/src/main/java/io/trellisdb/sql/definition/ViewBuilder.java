package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.syntax.CreateView;
import io.trellisdb.sql.syntax.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/** Makes views. */
final class ViewBuilder {
    private ViewBuilder() {}

    static ViewDescriptor build(
            CreateView create, NameResolver.QualifiedName name, Catalog catalog, QueryPlanner planner) {
        ColumnBuilder.checkName(name.name());
        Expressions.refuseParameters(create.query(), "a view");
        String sql = SqlText.of(create.query());
        List<QueryColumn> columns =
                planner.describe(create.query(), catalog, name.database().name());
        List<String> given =
                create.columns().stream().map(SqlIdentifier::getSimple).toList();
        if (given.size() > columns.size()) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "view names more columns than its query has: " + given.size() + ", " + columns.size());
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = i < given.size() ? given.get(i) : columns.get(i).label();
            if (!seen.add(column)) {
                throw new TrellisException(ErrorCode.DUPLICATE_COLUMN, "column of the view is named twice: " + column);
            }
        }
        ViewDescriptor view = new ViewDescriptor(0, name.database().id(), name.name(), given, sql);
        refuseBreaking(view, catalog, planner);
        return view;
    }

    /** A replaced view must keep those valid that read it, itself included. */
    private static void refuseBreaking(ViewDescriptor view, Catalog catalog, QueryPlanner planner) {
        catalog.findView(view.databaseId(), view.name()).ifPresent(old -> {
            ViewDescriptor replaced =
                    new ViewDescriptor(old.id(), view.databaseId(), view.name(), view.columnNames(), view.querySql());
            new Dependents(planner)
                    .refuse(
                            "view cannot be replaced by this query: " + view.name(),
                            catalog,
                            catalog.with(catalog.version(), replaced));
        });
    }
}
