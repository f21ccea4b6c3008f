package io.trellisdb.replication;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A statement from its arrival to its answer, shared by the writers of its parts.
 *
 * <p>{@code undecided} is the whole of what they agree on: above 0, that many parts have still to decide; at 0 the statement
 * is sealed and goes to the journal; below 0 it has ended without an entry. 0 and below are final.
 */
final class RunningStatement {
    private static final int ENDED = -1;

    private final @Nullable Token token;
    private final long startOrder;
    private final long deadlineNanos;
    private final long nowMillis;
    private final List<StatementPart> parts = new ArrayList<>();
    private final AtomicInteger undecided;
    private final AtomicInteger unapplied = new AtomicInteger();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Consumer<RunningStatement> onFinish;
    private final CompletableFuture<WriteResult> answer = new CompletableFuture<>();

    /**
     * Its parts are added before it is shown to any writer.
     *
     * @param onFinish called once, just before the answer is given
     */
    RunningStatement(WriteStatement statement, long startOrder, long nowMillis, Consumer<RunningStatement> onFinish) {
        this.token = statement.token();
        this.startOrder = startOrder;
        this.deadlineNanos = statement.deadlineNanos();
        this.nowMillis = nowMillis;
        this.onFinish = onFinish;
        this.undecided = new AtomicInteger(statement.parts().size());
    }

    void add(StatementPart part) {
        parts.add(part);
    }

    @Nullable
    Token token() {
        return token;
    }

    long startOrder() {
        return startOrder;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    long nowMillis() {
        return nowMillis;
    }

    List<StatementPart> parts() {
        return parts;
    }

    CompletionStage<WriteResult> answer() {
        return answer.minimalCompletionStage();
    }

    boolean hasEnded() {
        return undecided.get() == ENDED;
    }

    /** A part has decided. Returns true when it was the last one: the caller has sealed the statement. */
    boolean decided() {
        int before = undecided.getAndUpdate(count -> count > 0 ? count - 1 : count);
        return before == 1;
    }

    /** A decided part takes its decision back; false when the statement is sealed. */
    boolean takeBack() {
        int before = undecided.getAndUpdate(count -> count > 0 ? count + 1 : count);
        return before != 0;
    }

    /** Ends the statement, in which nothing has happened; false when it is sealed or has ended already. */
    boolean end() {
        int before = undecided.getAndUpdate(count -> count > 0 ? ENDED : count);
        return before > 0;
    }

    /** How many parts have something to apply; set once by the writer that sealed the statement. */
    void expectApplied(int count) {
        unapplied.set(count);
    }

    /** A part is applied. Returns true when it was the last one. */
    boolean applied() {
        return unapplied.decrementAndGet() == 0;
    }

    /** Answers with what the parts decided. */
    void complete() {
        List<StoredResult> results = new ArrayList<>(parts.size());
        for (StatementPart part : parts) {
            results.add(part.result());
        }
        finish(() -> answer.complete(new WriteResult(results, false)));
    }

    void completeRepeated(List<StoredResult> stored) {
        finish(() -> answer.complete(new WriteResult(stored, true)));
    }

    void fail(TrellisException failure) {
        finish(() -> answer.completeExceptionally(failure));
    }

    private void finish(Runnable completion) {
        if (finished.compareAndSet(false, true)) {
            // Before the answer: who asks again because of it must not join this one.
            onFinish.accept(this);
            completion.run();
        }
    }
}
