package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.token.Token;
import io.trellisdb.sql.session.MemoryBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a prepared query.
 *
 * @param parameters batches with one column per parameter and one row per execution; a write with several rows is one
 *     statement. Empty for statements without parameters. Column types need not be the parameters': values are converted
 * @param token names the request when the kind needs one, or null for the system's own
 * @param deadlineNanos a {@code NanoClock} time, or {@link Long#MAX_VALUE}
 * @param generatedKeys names of columns to return from a write, empty for none; {@code "*"} alone stands for identity and
 *     primary key columns
 */
public record ExecutionRequest(
        List<Batch> parameters,
        @Nullable Token token,
        long deadlineNanos,
        List<String> generatedKeys,
        MemoryBudget memory) {
    public ExecutionRequest {
        parameters = List.copyOf(parameters);
        generatedKeys = List.copyOf(generatedKeys);
    }
}
