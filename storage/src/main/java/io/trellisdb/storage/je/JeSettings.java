package io.trellisdb.storage.je;

import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.Durability;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.TransactionConfig;

/** What differs from JE's defaults, and why. */
final class JeSettings {
    private static final long MEGABYTE = 1024 * 1024;
    /** Fewer files; still small enough to be cleaned one by one. */
    private static final long LOG_FILE_BYTES = 64 * MEGABYTE;
    /** Recovery reads about this much; each checkpoint writes all dirty index nodes. */
    private static final long CHECKPOINT_BYTES = 128 * MEGABYTE;
    /** Writers block when the queue is full. */
    private static final long WRITE_QUEUE_BYTES = 4 * MEGABYTE;

    private static final long LOG_BUFFER_BYTES = 2 * MEGABYTE;
    private static final int LOG_BUFFERS = 4;
    /** One read for a record of a few kilobytes. */
    private static final int FAULT_READ_BYTES = 16 * 1024;

    private JeSettings() {}

    /**
     * @param cacheBytes the heap that JE may use
     * @param freeDiskBytes below so much free space JE refuses writes; the journal refuses long before
     */
    static EnvironmentConfig environment(long cacheBytes, long freeDiskBytes) {
        EnvironmentConfig config = new EnvironmentConfig();
        config.setAllowCreate(true);
        config.setTransactional(true);
        config.setCacheSize(cacheBytes);
        config.setDurability(Durability.COMMIT_NO_SYNC);
        // damage must be noticed: the default cuts everything behind a bad checksum without a word
        set(config, EnvironmentConfig.HALT_ON_COMMIT_AFTER_CHECKSUMEXCEPTION, true);
        set(config, EnvironmentConfig.LOG_FILE_MAX, LOG_FILE_BYTES);
        set(config, EnvironmentConfig.CHECKPOINTER_BYTES_INTERVAL, CHECKPOINT_BYTES);
        set(config, EnvironmentConfig.FREE_DISK, freeDiskBytes);
        set(config, EnvironmentConfig.LOG_FAULT_READ_SIZE, FAULT_READ_BYTES);
        set(config, EnvironmentConfig.LOG_ITERATOR_READ_SIZE, MEGABYTE);
        set(config, EnvironmentConfig.LOG_NUM_BUFFERS, LOG_BUFFERS);
        set(config, EnvironmentConfig.LOG_BUFFER_SIZE, LOG_BUFFER_BYTES);
        set(config, EnvironmentConfig.LOG_TOTAL_BUFFER_BYTES, LOG_BUFFERS * LOG_BUFFER_BYTES);
        set(config, EnvironmentConfig.LOG_WRITE_QUEUE_SIZE, WRITE_QUEUE_BYTES);
        // rounds never meet on a key, so a lock that waits is a defect and shall be seen as one
        config.setConfigParam(EnvironmentConfig.LOCK_TIMEOUT, "10 s");
        config.setConfigParam(EnvironmentConfig.LOCK_N_LOCK_TABLES, "7");
        // nobody reads JE's own statistics files
        set(config, EnvironmentConfig.STATS_COLLECT, false);
        return config;
    }

    private static void set(EnvironmentConfig config, String name, Object value) {
        config.setConfigParam(name, value.toString());
    }

    static DatabaseConfig database(boolean isCreated) {
        DatabaseConfig config = new DatabaseConfig();
        config.setAllowCreate(isCreated);
        config.setTransactional(true);
        // keys share the container's prefix and most of the row key
        config.setKeyPrefixing(true);
        return config;
    }

    static TransactionConfig round() {
        TransactionConfig config = new TransactionConfig();
        config.setDurability(Durability.COMMIT_NO_SYNC);
        return config;
    }
}
