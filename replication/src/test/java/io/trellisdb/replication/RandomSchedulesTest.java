package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.token.Token;
import io.trellisdb.replication.Commands.Add;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.testing.SeededSuite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Random statements over several partitions under random schedules of three writers and the journal, then a crash at a random
 * group: nobody waits for ever, every addition happens once, and a statement is there on all its partitions or on none.
 */
final class RandomSchedulesTest {
    private static final int PARTITIONS = 5;
    private static final int WRITERS = 3;
    private static final int STATEMENTS = 60;

    @Test
    void everyStatementHappensOnceOrNotAtAll() {
        new SeededSuite("owner-schedules", 200, 0.1).run(RandomSchedulesTest::round);
    }

    private static void round(Random random) {
        OwnersFixture node = new OwnersFixture(new FakeNodeStore(PARTITIONS), OwnerSettings.defaults(WRITERS), 1);
        for (long session = 1; session <= 4; session++) {
            node.owners.beginSession(session);
        }
        Map<Token, PartitionWrite[]> statements = new LinkedHashMap<>();
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 1; i <= STATEMENTS; i++) {
            Token token = new Token(1 + random.nextInt(4), i, 1);
            PartitionWrite[] parts = parts(node, random);
            statements.put(token, parts);
            answers.add(node.write(token, parts));
            step(node, random);
        }
        int cut = random.nextInt(node.store.journal().durableGroups().size() + 1);
        List<List<JournalEntry>> left = node.store.journal().durableGroups().subList(0, cut);

        node.settle();
        for (CompletableFuture<WriteResult> answer : answers) {
            assertTrue(answer.isDone(), "statement waits for ever");
        }
        assertEquals(expected(statements), node.store.total());
        assertEquals(0, node.locks());
        assertEquals(0, node.owners.counters().underWay());

        retryAfterCrash(node.crash(left), statements);
    }

    /** The client had no answers: it asks for everything again. */
    private static void retryAfterCrash(OwnersFixture reopened, Map<Token, PartitionWrite[]> statements) {
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        statements.forEach((token, parts) -> answers.add(reopened.write(token, parts)));
        reopened.settle();

        assertEquals(List.of(), reopened.failures);
        answers.forEach(CompletableFuture::join);
        assertEquals(expected(statements), reopened.store.total());
    }

    private static long expected(Map<Token, PartitionWrite[]> statements) {
        long sum = 0;
        for (PartitionWrite[] parts : statements.values()) {
            for (PartitionWrite part : parts) {
                Add add = (Add) part.command();
                sum += add.amount() * add.keys().size();
            }
        }
        return sum;
    }

    private static PartitionWrite[] parts(OwnersFixture node, Random random) {
        TreeSet<Integer> partitions = new TreeSet<>();
        int count = 1 + random.nextInt(3);
        while (partitions.size() < count) {
            partitions.add(random.nextInt(PARTITIONS));
        }
        return partitions.stream()
                .map(partition -> node.part(partition, new Add(keys(random), 1 + random.nextInt(9))))
                .toArray(PartitionWrite[]::new);
    }

    private static List<Long> keys(Random random) {
        List<Long> keys = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            long key = random.nextInt(5);
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static void step(OwnersFixture node, Random random) {
        while (random.nextInt(3) > 0) {
            if (random.nextInt(4) == 0) {
                node.store.journal().flushOne();
            } else {
                node.writers.get(random.nextInt(WRITERS)).round();
            }
        }
    }
}
