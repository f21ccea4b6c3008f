package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.planning.QueryPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The views that a change of the catalog would break, found by validating every view against the changed image. */
final class Dependents {
    private final QueryPlanner planner;

    Dependents(QueryPlanner planner) {
        this.planner = planner;
    }

    /** Views that are valid before and not after; such as are gone after are passed over. */
    List<ViewDescriptor> broken(Catalog before, Catalog after) {
        List<ViewDescriptor> broken = new ArrayList<>();
        for (ViewDescriptor view : after.views()) {
            if (!isValid(view, after) && isValid(view, before)) {
                broken.add(view);
            }
        }
        return broken;
    }

    /** Refuses a change that breaks views. */
    void refuse(String what, Catalog before, Catalog after) {
        List<ViewDescriptor> broken = broken(before, after);
        if (!broken.isEmpty()) {
            throw new TrellisException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    what + ", because views depend on it: "
                            + broken.stream().map(ViewDescriptor::name).sorted().collect(Collectors.joining(", ")));
        }
    }

    private boolean isValid(ViewDescriptor view, Catalog catalog) {
        String database = catalog.findDatabase(view.databaseId())
                .map(DatabaseDescriptor::name)
                .orElse(DatabaseDescriptor.DEFAULT_NAME);
        try {
            planner.describe(SqlSyntax.parseStatement(view.querySql()), catalog, database);
            return true;
        } catch (TrellisException e) {
            return false;
        }
    }
}
