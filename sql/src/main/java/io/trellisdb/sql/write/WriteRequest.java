package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a change.
 *
 * @param query the execution; its parameters are the first row
 * @param parameterRows all rows, of the plan's types; one batch of one row without columns when there are none
 * @param contexts makes the execution of another row
 * @param token names the request, or null
 */
public record WriteRequest(
        QueryContext query,
        List<Batch> parameterRows,
        Function<Batch, QueryContext> contexts,
        @Nullable Token token,
        List<String> generatedKeys) {
    public WriteRequest {
        parameterRows = List.copyOf(parameterRows);
        generatedKeys = List.copyOf(generatedKeys);
    }

    QueryServices services() {
        return query.services();
    }

    int partitionCount() {
        return services().partitionTable().partitionCount();
    }

    /** Refuses more than one row of parameters. */
    void oneParameterRow() {
        if (parameterRows.size() != 1 || parameterRows.get(0).rowCount() != 1) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "INSERT of a query takes one row of parameters: send them one by one");
        }
    }

    /** Hands the parts to their owners and waits; null when there are none. */
    @Nullable
    WriteResult write(List<PartitionWrite> parts) {
        return await(start(parts));
    }

    /** Hands the parts to their owners; the answer is null when there are none, and comes on a writer's thread. */
    CompletionStage<@Nullable WriteResult> start(List<PartitionWrite> parts) {
        if (parts.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        query.checkActive();
        CompletionStage<@Nullable WriteResult> answer = services()
                .write(new WriteStatement(token, parts, query.deadlineNanos()))
                .thenApply(result -> result);
        if (token != null) {
            query.waitsAtOwners(token);
        }
        return answer;
    }

    /** Waits for an answer; a failure comes as it was raised. */
    static <T extends @Nullable Object> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TrellisException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The answers that these partitions keep for this request. */
    List<StoredResult> findStored(int[] partitions) {
        List<StoredResult> results = new ArrayList<>();
        if (token != null) {
            for (int partition : partitions) {
                services().reader(partition).findResult(token).ifPresent(results::add);
            }
        }
        return results;
    }
}
