package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Optional;

/** A statement that {@link SqlEngine} can run any number of times, in any session. Immutable. */
public final class PreparedQuery {
    private final String sql;
    private final String database;
    private final long catalogVersion;
    private final PlannedStatement statement;
    private final List<Batch> literals;

    /** @param literals the literals of the text as rows of the plan's parameters; empty when the plan was made with them */
    PreparedQuery(String sql, String database, long catalogVersion, PlannedStatement statement, List<Batch> literals) {
        this.sql = sql;
        this.database = database;
        this.catalogVersion = catalogVersion;
        this.statement = statement;
        this.literals = literals;
    }

    /** The text as it was given. */
    public String sql() {
        return sql;
    }

    /** The database in which unqualified names were looked up. */
    public String database() {
        return database;
    }

    public StatementKind kind() {
        return statement.kind();
    }

    /** The type of each {@code ?} in the order of the text. */
    public List<DataType> parameterTypes() {
        return literals.isEmpty() ? statement.parameterTypes() : List.of();
    }

    /** The columns of a query or of RETURNING; none for other statements. */
    public List<ResultColumn> columns() {
        return statement.columns();
    }

    public RoutingRule routing() {
        RoutingRule routing = statement.routing();
        return literals.isEmpty() || routing instanceof RoutingRule.ToPartition ? routing : new RoutingRule.Anywhere();
    }

    /** The catalog that the statement was planned with; it is planned again by itself when that has passed. */
    public long catalogVersion() {
        return catalogVersion;
    }

    /** Whether this reads one row by its whole key, so that it may run on a network thread: it never waits. */
    public boolean isKeyRead() {
        return statement.isKeyRead();
    }

    /** Whether {@link SqlEngine#start} may begin this change: it waits for nothing before the owners have it. */
    public boolean isImmediateChange() {
        return statement.isImmediateChange();
    }

    /** Whether several rows of parameters are one statement, as for INSERT and UPSERT; others run once for each row. */
    public boolean takesManyRows() {
        return statement.takesManyRows() && literals.isEmpty();
    }

    /** The access mode that BEGIN or START TRANSACTION asks for, if it does. */
    public Optional<Boolean> transactionReadOnly() {
        return statement.transactionReadOnly();
    }

    PlannedStatement statement() {
        return statement;
    }

    List<Batch> literals() {
        return literals;
    }
}
