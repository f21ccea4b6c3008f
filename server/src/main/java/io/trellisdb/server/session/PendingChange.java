package io.trellisdb.server.session;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.sql.ExecutionResult;
import io.trellisdb.sql.session.MemoryBudget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A change that the owners have, and whose answer nobody waits for. Confined to the session's running request. */
final class PendingChange {
    private final CompletableFuture<ExecutionResult> result;
    private final MemoryBudget memory;
    private final StatementRunner.Reply reply;
    private final LongFunction<Response> response;

    /** @param response the answer for a number of changed rows */
    PendingChange(
            CompletionStage<ExecutionResult> result,
            MemoryBudget memory,
            StatementRunner.Reply reply,
            LongFunction<Response> response) {
        this.result = result.toCompletableFuture();
        this.memory = memory;
        this.reply = reply;
        this.response = response;
    }

    /** Tells, on a thread that must not be blocked, why the change has failed, or null. */
    @SuppressWarnings("FutureReturnValueIgnored") // what the action raises is the action's to handle
    void whenDone(Consumer<@Nullable Throwable> action) {
        result.whenComplete((changed, failure) -> action.accept(failure));
    }

    /** Whether nothing has happened because the table is another one by now; then the change is to be planned again. */
    boolean needsNewPlan(@Nullable Throwable failure) {
        boolean needsNewPlan =
                failure != null && cause(failure) instanceof TrellisException e && e.code() == ErrorCode.SCHEMA_CHANGED;
        if (needsNewPlan) {
            memory.releaseAll();
        }
        return needsNewPlan;
    }

    /** Answers the request, or raises why it has failed. */
    void answer(@Nullable Throwable failure) {
        memory.releaseAll();
        if (failure == null) {
            reply.send(response.apply(((ExecutionResult.Updated) result.join()).count()));
        } else if (cause(failure) instanceof RuntimeException e) {
            throw e;
        } else {
            throw new TrellisException(ErrorCode.INTERNAL, "statement failed by a defect: " + failure, failure);
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
