package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.syntax.DeleteStatement;
import io.trellisdb.sql.syntax.InsertStatement;
import io.trellisdb.sql.syntax.UpdateStatement;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;

/** Plans changes. Safe for all threads; keeps nothing between calls. */
public final class WritePlanner {
    private final QueryPlanner planner;

    public WritePlanner(QueryPlanner planner) {
        this.planner = planner;
    }

    /** Whether a syntax tree is a change of rows. */
    public static boolean isChange(SqlNode statement) {
        return statement instanceof InsertStatement
                || statement instanceof UpdateStatement
                || statement instanceof DeleteStatement
                || statement instanceof SqlMerge;
    }

    /**
     * Plans a change; the syntax tree is consumed.
     *
     * @param database where unqualified names are looked up
     */
    public WritePlan plan(SqlNode statement, Catalog catalog, String database) {
        NameResolver names = new NameResolver(catalog, database);
        if (statement instanceof InsertStatement insert) {
            return new InsertPlanner(planner, names).plan(insert);
        }
        if (statement instanceof UpdateStatement update) {
            return new ChangePlanner(planner, names).update(update);
        }
        if (statement instanceof DeleteStatement delete) {
            return new ChangePlanner(planner, names).delete(delete);
        }
        if (statement instanceof SqlMerge merge) {
            return new MergePlanner(planner, names).plan(merge);
        }
        throw new TrellisException(
                ErrorCode.NOT_SUPPORTED, "statement is not a change of rows: " + statement.getKind());
    }
}
