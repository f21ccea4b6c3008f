package io.trellisdb.sql;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values that are costly to make, by key, at most {@code limit} of them. Whoever asks first makes the value, the
 * others wait for it; a failure is not kept. Safe for all threads.
 *
 * <p>Entries live in two generations: a hit in the old one moves to the young one, and when the young one is full the old
 * one is dropped. So an entry that is asked for within {@code limit / 2} other new ones stays, and hits take no lock.
 */
final class PlanCache<K, V> {
    private final int generationSize;
    private volatile Generations<K, V> generations = new Generations<>(new ConcurrentHashMap<>());

    /** Compared by identity: a turn makes a new one. */
    private static final class Generations<K, V> {
        private final ConcurrentHashMap<K, CompletableFuture<V>> young = new ConcurrentHashMap<>();
        private final ConcurrentHashMap<K, CompletableFuture<V>> old;

        Generations(ConcurrentHashMap<K, CompletableFuture<V>> old) {
            this.old = old;
        }
    }

    PlanCache(int limit) {
        this.generationSize = Math.max(1, limit / 2);
    }

    /** The value of the key if it is there and made; never waits. */
    @Nullable
    V find(K key) {
        Generations<K, V> current = generations;
        CompletableFuture<V> known = current.young.get(key);
        if (known == null) {
            known = current.old.get(key);
            if (known != null) {
                current.young.putIfAbsent(key, known);
                turnWhenFull(current);
            }
        }
        return known == null || !known.isDone() || known.isCompletedExceptionally() ? null : known.join();
    }

    /** The value of the key, made by {@code maker} when it is not there; throws what the maker throws. */
    V get(K key, Supplier<V> maker) {
        Generations<K, V> current = generations;
        CompletableFuture<V> known = current.young.get(key);
        if (known == null) {
            known = current.old.get(key);
            if (known != null) {
                current.young.putIfAbsent(key, known);
                turnWhenFull(current);
            }
        }
        return known == null ? make(key, maker, current) : await(known);
    }

    private V make(K key, Supplier<V> maker, Generations<K, V> current) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> other = current.young.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        try {
            V value = maker.get();
            mine.complete(value);
            turnWhenFull(current);
            return value;
        } catch (RuntimeException | Error e) {
            forget(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private void forget(K key, CompletableFuture<V> value) {
        Generations<K, V> current = generations;
        current.young.remove(key, value);
        current.old.remove(key, value);
    }

    private static <V> V await(CompletableFuture<V> value) {
        try {
            return value.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void turnWhenFull(Generations<K, V> seen) {
        if (seen.young.size() <= generationSize) {
            return;
        }
        synchronized (this) {
            if (generations == seen) {
                generations = new Generations<>(seen.young);
            }
        }
    }

    int size() {
        Generations<K, V> current = generations;
        return current.young.size() + current.old.size();
    }
}
