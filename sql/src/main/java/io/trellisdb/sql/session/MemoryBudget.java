package io.trellisdb.sql.session;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the heap that one statement's buffers may take, itself drawn from the node's pool. Operators reserve before they
 * buffer and release when they are closed.
 */
public final class MemoryBudget {
    private final long limitBytes;
    private final AtomicLong pool;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param limitBytes the most this statement may hold
     * @param pool the bytes that all statements of the node may still take
     */
    public MemoryBudget(long limitBytes, AtomicLong pool) {
        this.limitBytes = limitBytes;
        this.pool = pool;
    }

    /** Takes bytes, or fails the statement with OUT_OF_MEMORY (53200) and takes nothing. */
    public void reserve(long bytes) {
        if (used.addAndGet(bytes) > limitBytes) {
            used.addAndGet(-bytes);
            throw new TrellisException(
                    ErrorCode.OUT_OF_MEMORY,
                    "statement needs more memory than query.memoryLimit: " + limitBytes + " bytes");
        }
        if (pool.addAndGet(-bytes) < 0) {
            pool.addAndGet(bytes);
            used.addAndGet(-bytes);
            throw new TrellisException(
                    ErrorCode.OUT_OF_MEMORY, "statements of this node need more memory than query.memoryPool allows");
        }
    }

    public void release(long bytes) {
        used.addAndGet(-bytes);
        pool.addAndGet(bytes);
    }

    /** Gives back everything; called when the statement ends. */
    public void releaseAll() {
        pool.addAndGet(used.getAndSet(0));
    }

    public long usedBytes() {
        return used.get();
    }
}
