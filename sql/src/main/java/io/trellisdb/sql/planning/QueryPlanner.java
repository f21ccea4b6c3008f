package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;

/**
 * Makes physical plans of queries and bound expressions of scalars.
 *
 * <p>A syntax tree is consumed by planning (names in it are resolved in place): parse it again to plan it again. Every
 * failure is a {@code TrellisException}: class 42 for what the statement does wrong, NOT_SUPPORTED for what cannot be run,
 * STATEMENT_TOO_COMPLEX and STATEMENT_TIMEOUT for what takes too much to plan.
 *
 * <p>Safe for all threads; keeps nothing between calls.
 */
public final class QueryPlanner {
    /** The hidden column that {@link #rowKeySource} tables have: the encoded row key, VARBINARY. */
    public static final String ROW_KEY = "$rowkey";

    private final Function<String, SqlNode> parser;
    private final RowEstimates estimates;
    private final NanoClock clock;

    /**
     * @param parser parses one query; used for the texts of views
     * @param estimates sizes of containers, for the order of joins
     * @param clock bounds the time that planning takes
     */
    public QueryPlanner(Function<String, SqlNode> parser, RowEstimates estimates, NanoClock clock) {
        this.parser = parser;
        this.estimates = estimates;
        this.clock = clock;
    }

    /**
     * The name under which a container's rows can be selected together with {@link #ROW_KEY}: for UPDATE and DELETE, which
     * plan {@code SELECT a."$rowkey", … FROM database."t$rowkey" AS a WHERE …}. Found only by {@link #planChange}.
     */
    public static String rowKeySource(String container) {
        return container + ROW_KEY;
    }

    /**
     * Plans a SELECT, VALUES, WITH or set operation.
     *
     * @param database where unqualified names are looked up
     */
    public PlannedQuery plan(SqlNode query, Catalog catalog, String database) {
        return guarded(() -> run(catalog, database, false).plan(query));
    }

    /** As {@link #plan}, with the tables of {@link #rowKeySource} in sight. */
    public PlannedQuery planChange(SqlNode query, Catalog catalog, String database) {
        return guarded(() -> run(catalog, database, true).plan(query));
    }

    /** Only validates a query: its columns, as CREATE VIEW and CREATE TABLE AS need them. */
    public List<QueryColumn> describe(SqlNode query, Catalog catalog, String database) {
        return guarded(() -> run(catalog, database, false).describe(query));
    }

    /**
     * Binds a scalar expression (a CHECK, a DEFAULT, SET, WHERE, RETURNING) to rows that are given side by side.
     *
     * <p>{@code ColumnRef}s of the result count through the columns of all scopes in order. Subqueries, aggregates and window
     * functions are refused.
     *
     * @param target the type of the column that takes the value, to which it is converted by assignment
     */
    public BoundScalar bindScalar(
            SqlNode expression, Catalog catalog, String database, List<RowScope> scopes, Optional<DataType> target) {
        return guarded(() -> ScalarBinder.bind(run(catalog, database, false), expression, scopes, target));
    }

    /**
     * A bound expression.
     *
     * @param parameterTypes the type of each {@code ?}, by its number in the whole statement, as far as the expression holds
     *     it; NULL for the others
     */
    public record BoundScalar(Expression expression, DataType type, boolean nullable, List<DataType> parameterTypes) {
        public BoundScalar {
            parameterTypes = List.copyOf(parameterTypes);
        }
    }

    private PlanningRun run(Catalog catalog, String database, boolean withRowKeys) {
        return new PlanningRun(catalog, database, withRowKeys, parser, estimates, clock);
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw CalciteErrors.translate(e);
        }
    }
}
