package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Optional;

/** A planned statement: what {@link PlanCache} keeps. Immutable. */
interface PlannedStatement {
    StatementKind kind();

    /** The type of each {@code ?} in the order of the text. */
    default List<DataType> parameterTypes() {
        return List.of();
    }

    default List<ResultColumn> columns() {
        return List.of();
    }

    default RoutingRule routing() {
        return new RoutingRule.Anywhere();
    }

    default boolean isKeyRead() {
        return false;
    }

    default boolean takesManyRows() {
        return false;
    }

    default Optional<Boolean> transactionReadOnly() {
        return Optional.empty();
    }

    /** Whether the plan is only good for the catalog it was made with. */
    default boolean dependsOnCatalog() {
        return true;
    }

    ExecutionResult run(Execution execution);
}
