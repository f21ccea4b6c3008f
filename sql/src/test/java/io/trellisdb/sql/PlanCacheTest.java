package io.trellisdb.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PlanCacheTest {
    @Test
    void aStampedeMakesTheValueOnce() throws Exception {
        PlanCache<String, Integer> cache = new PlanCache<>(10);
        AtomicInteger made = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> cache.get("key", () -> {
                    begun.countDown();
                    await(go);
                    return made.incrementAndGet();
                })));
            }
            await(begun);
            go.countDown();

            for (Future<Integer> answer : answers) {
                assertEquals(1, answer.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void failuresAreNotKept() {
        PlanCache<String, Integer> cache = new PlanCache<>(10);

        assertThrows(
                IllegalStateException.class,
                () -> cache.get("key", () -> {
                    throw new IllegalStateException("first");
                }));

        assertEquals(2, cache.get("key", () -> 2));
    }

    @Test
    void theSizeIsBoundedAndWhatIsUsedStays() {
        PlanCache<Integer, Integer> cache = new PlanCache<>(100);
        cache.get(-1, () -> -1);

        for (int i = 0; i < 10_000; i++) {
            int value = i;
            cache.get(i, () -> value);
            assertEquals(-1, cache.get(-1, () -> -2));
        }

        assertTrue(cache.size() <= 110, () -> "size " + cache.size());
        assertNull(cache.find(0));
    }
}
