package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.replication.Commands.Add;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A partition is looked at beside writes, and quietly when that does not tell enough. */
final class PartitionVerificationTest {
    private static final List<String> PROBLEM = List.of("row is missing");

    private final OwnersFixture node = new OwnersFixture(4, 2);
    private long nextKey = 1;

    @Test
    void problemOfAPartitionThatNobodyChangesIsReported() {
        node.store.fake(1).verification(() -> PROBLEM);

        assertEquals(PROBLEM, verify(1).join());
        assertEquals(List.of(), verify(2).join());
    }

    @Test
    void problemSeenBesideAWriteIsLookedAtAgainByTheWriter() {
        node.store.fake(1).verification(() -> {
            write(1);
            return PROBLEM;
        });
        CompletableFuture<List<String>> answer = verify(1);

        assertFalse(answer.isDone());

        node.store.fake(1).verification(List::of);
        node.settle();

        assertEquals(List.of(), answer.join());
    }

    @Test
    void whatCannotBeReadIsAProblem() {
        node.store.fake(1).verification(() -> {
            throw new TrellisException(ErrorCode.DATA_CORRUPTED, "block is damaged");
        });

        assertEquals(List.of("block is damaged"), verify(1).join());
    }

    @Test
    void verificationThatWaitsForAStoppedWriterFails() {
        node.store.fake(1).verification(() -> {
            write(1);
            if (nextKey > 2) {
                node.owners.close();
            }
            return PROBLEM;
        });
        CompletableFuture<List<String>> answer = verify(1);

        CompletionException failure = assertThrows(CompletionException.class, answer::join);
        assertEquals(ErrorCode.SERVER_STOPPING, ((TrellisException) failure.getCause()).code());
    }

    private CompletableFuture<List<String>> verify(int partition) {
        return node.owners.verify(partition).toCompletableFuture();
    }

    private void write(int partition) {
        node.send(partition, Add.to(1, nextKey++));
        node.settle();
    }
}
