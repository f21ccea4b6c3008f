package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.replication.Commands.Add;
import io.trellisdb.storage.write.WriteResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An index is filled between rounds and ends in the same state on every partition. */
final class IndexBuildTest {
    private static final long INDEX = 99;
    private final OwnersFixture node = new OwnersFixture(4, 2);

    @Test
    void indexBecomesPublicOnAllPartitions() {
        CompletableFuture<IndexBuild> build = build();
        node.settle();

        assertInstanceOf(IndexBuild.Public.class, build.join());
        assertStates(State.PUBLIC);
    }

    @Test
    void duplicateInOnePartitionFailsTheIndexOnAll() {
        node.store.plantDuplicate(partition -> partition == 2);
        CompletableFuture<IndexBuild> build = build();
        node.settle();

        IndexBuild.Failed failed = assertInstanceOf(IndexBuild.Failed.class, build.join());
        assertEquals(ErrorCode.UNIQUE_VIOLATION, failed.reason().code());
        assertStates(State.FAILED);
    }

    @Test
    void statementsGoOnWhileAnIndexIsBuilt() {
        CompletableFuture<IndexBuild> build = build();
        node.writers.forEach(Writer::round);
        CompletableFuture<WriteResult> write = node.write(0, Add.to(1, 1L));
        node.settle();

        assertTrue(write.isDone() && build.isDone());
    }

    @Test
    void indexCanBeBuiltAgainAfterACrash() {
        CompletableFuture<IndexBuild> lost = build();
        node.runRounds();
        assertFalse(lost.isDone());
        node.store.journal().flushAll();
        OwnersFixture reopened = node.crash();
        CompletableFuture<IndexBuild> again =
                reopened.owners.buildIndex(Commands.CONTAINER, INDEX).toCompletableFuture();
        reopened.settle();

        assertInstanceOf(IndexBuild.Public.class, again.join());
    }

    @Test
    void buildFailsWhenTheNodeStops() {
        CompletableFuture<IndexBuild> build = build();
        node.owners.close();
        node.runRounds();

        assertTrue(build.isCompletedExceptionally());
    }

    private CompletableFuture<IndexBuild> build() {
        return node.owners.buildIndex(Commands.CONTAINER, INDEX).toCompletableFuture();
    }

    private void assertStates(State state) {
        for (int partition = 0; partition < 4; partition++) {
            assertEquals(Optional.of(state), node.store.fake(partition).indexState(INDEX));
        }
    }
}
