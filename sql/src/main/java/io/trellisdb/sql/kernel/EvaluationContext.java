package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.session.QueryContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What an expression may read besides its input row; fixed for one execution.
 *
 * @param parameters one row with a column per parameter
 * @param startedAt the statement's moment
 * @param database what CURRENT_SCHEMA answers
 * @param catalogName what CURRENT_CATALOG answers
 * @param outerRows one row for each enclosing correlation id
 */
public record EvaluationContext(
        Batch parameters,
        Instant startedAt,
        ZoneId zone,
        String user,
        String database,
        String catalogName,
        Map<Integer, Batch> outerRows,
        Supplier<RandomGenerator> random) {

    /** The context of a running statement, outside any correlation. */
    public static EvaluationContext of(QueryContext query) {
        return new EvaluationContext(
                query.parameters(),
                query.startedAt(),
                query.zone(),
                query.user(),
                query.database(),
                query.services().clusterName(),
                Map.of(),
                ThreadLocalRandom::current);
    }

    /** This context with the current outer row of a correlation, a batch of one row. */
    public EvaluationContext withOuterRow(int correlationId, Batch row) {
        Map<Integer, Batch> rows = new HashMap<>(outerRows);
        rows.put(correlationId, row);
        return withOuterRows(rows);
    }

    /** This context with exactly these outer rows. */
    public EvaluationContext withOuterRows(Map<Integer, Batch> rows) {
        return new EvaluationContext(
                parameters, startedAt, zone, user, database, catalogName, Map.copyOf(rows), random);
    }

    Batch outerRow(int correlationId) {
        Batch row = outerRows.get(correlationId);
        if (row == null) {
            throw new TrellisException(ErrorCode.INTERNAL, "no outer row for correlation: " + correlationId);
        }
        return row;
    }
}
