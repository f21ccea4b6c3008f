package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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

    /** Whether this is a change that {@link #start} begins without waiting, and that returns no rows. */
    default boolean isImmediateChange() {
        return false;
    }

    /** Begins an {@linkplain #isImmediateChange immediate change}; the answer comes on a thread that must not be blocked. */
    default CompletionStage<ExecutionResult> start(Execution execution) {
        throw new IllegalStateException("statement must be run: " + kind());
    }
}
