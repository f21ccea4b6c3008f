package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Optional;

/** A statement that {@link SqlEngine} can run any number of times, in any session of the database it was prepared in. Immutable. */
public final class PreparedQuery {
    private final String sql;
    private final StatementKind kind;
    private final List<DataType> parameterTypes;
    private final List<ResultColumn> columns;
    private final RoutingRule routing;
    private final long catalogVersion;

    PreparedQuery(
            String sql,
            StatementKind kind,
            List<DataType> parameterTypes,
            List<ResultColumn> columns,
            RoutingRule routing,
            long catalogVersion) {
        this.sql = sql;
        this.kind = kind;
        this.parameterTypes = List.copyOf(parameterTypes);
        this.columns = List.copyOf(columns);
        this.routing = routing;
        this.catalogVersion = catalogVersion;
    }

    /** The text as it was given. */
    public String sql() {
        return sql;
    }

    public StatementKind kind() {
        return kind;
    }

    /** The type of each {@code ?} in the order of the text. */
    public List<DataType> parameterTypes() {
        return parameterTypes;
    }

    /** The columns of a query or of RETURNING; none for other statements. */
    public List<ResultColumn> columns() {
        return columns;
    }

    public RoutingRule routing() {
        return routing;
    }

    /** The catalog that the statement was planned with; it is planned again by itself when that has passed. */
    public long catalogVersion() {
        return catalogVersion;
    }

    /** Whether this reads one row by its whole key, so that it may run on a network thread: it never waits. */
    public boolean isKeyRead() {
        return false;
    }

    /** Whether several rows of parameters are one statement, as for INSERT and UPSERT; others run once for each row. */
    public boolean takesManyRows() {
        return false;
    }

    /** The access mode that BEGIN or START TRANSACTION asks for, if it does. */
    public Optional<Boolean> transactionReadOnly() {
        return Optional.empty();
    }
}
