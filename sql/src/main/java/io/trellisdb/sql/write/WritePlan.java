package io.trellisdb.sql.write;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.access.KeyLookup;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.planning.QueryColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of one container, ready to run. Immutable. */
public sealed interface WritePlan {
    /** The type of each {@code ?} in the order of the text. */
    List<DataType> parameterTypes();

    /** The columns of RETURNING. */
    List<QueryColumn> columns();

    /** How a driver finds the owner. */
    Route route();

    /** What EXPLAIN shows: a line for the change, and the plan that it reads, if any. */
    Explained explain();

    /** The parts of EXPLAIN. */
    record Explained(String line, @Nullable PlanNode input) {}

    /**
     * Which partition a change goes to.
     *
     * @param partition of a container that is not partitioned, or -1
     * @param parameters the parameters that are the partitioning columns' values; empty when others decide
     * @param types the partitioning columns' types
     */
    record Route(int partition, List<Integer> parameters, List<DataType> types) {
        static final Route ANYWHERE = new Route(-1, List.of(), List.of());

        public Route {
            parameters = List.copyOf(parameters);
            types = List.copyOf(types);
        }
    }

    /**
     * INSERT of tuples.
     *
     * @param tuples makers over the parameters as input columns; one row of parameters makes one row of each
     */
    record InsertRows(
            Target target,
            List<DataType> parameterTypes,
            Route route,
            List<RowMaker> tuples,
            Conflict conflict,
            RowRules rules,
            Returning returning)
            implements WritePlan {
        @Override
        public List<QueryColumn> columns() {
            return returning.columns();
        }

        @Override
        public Explained explain() {
            return new Explained("Insert into " + target.container().name() + ", rows " + tuples.size(), null);
        }
    }

    /** INSERT of a query's rows. */
    record InsertQuery(
            Target target,
            List<DataType> parameterTypes,
            Route route,
            PlanNode query,
            RowMaker maker,
            Conflict conflict,
            RowRules rules,
            Returning returning)
            implements WritePlan {
        @Override
        public List<QueryColumn> columns() {
            return returning.columns();
        }

        @Override
        public Explained explain() {
            return new Explained("Insert into " + target.container().name(), query);
        }
    }

    /**
     * UPDATE or DELETE of the row of a key.
     *
     * @param condition over the row, then the parameters
     * @param assignments over the same
     */
    record ByKey(
            Target target,
            List<DataType> parameterTypes,
            Route route,
            KeyLookup lookup,
            @Nullable Expression condition,
            List<Assignment> assignments,
            boolean isDelete,
            RowRules rules,
            Returning returning)
            implements WritePlan {
        @Override
        public List<QueryColumn> columns() {
            return returning.columns();
        }

        @Override
        public Explained explain() {
            String verb = isDelete ? "Delete from " : "Update ";
            return new Explained(verb + target.container().name() + " by key", null);
        }
    }

    /**
     * A change of rows that are read first.
     *
     * @param query gives the row key, the container's columns, and what {@code assignments} and {@code inserted} read
     * @param assignments over the query's columns; null when the rows are deleted
     * @param inserted makes rows of the query's rows whose row key is NULL (MERGE), or null
     * @param updates false for a MERGE that leaves matching rows alone
     */
    record ReadFirst(
            Target target,
            List<DataType> parameterTypes,
            Route route,
            PlanNode query,
            @Nullable List<Assignment> assignments,
            @Nullable RowMaker inserted,
            boolean updates,
            RowRules rules,
            Returning returning)
            implements WritePlan {
        @Override
        public List<QueryColumn> columns() {
            return returning.columns();
        }

        @Override
        public Explained explain() {
            String verb = inserted != null ? "Merge into " : assignments == null ? "Delete from " : "Update ";
            return new Explained(verb + target.container().name(), query);
        }
    }
}
