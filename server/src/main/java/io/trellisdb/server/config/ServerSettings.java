package io.trellisdb.server.config;

import java.time.Duration;
import java.util.List;

/** Every key that a server knows, in the order in which the reference lists them. */
public final class ServerSettings {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;
    private static final long TIB = 1024 * GIB;

    public static final Setting<String> NODE_NAME =
            Setting.text("node.name", "node1", "The node's name as people see it.");
    public static final Setting<String> NODE_LISTEN = Setting.text(
            "node.listen", "127.0.0.1:20001", "Address and port of the SQL door; port 0 takes any free one.");
    public static final Setting<String> NODE_ADVERTISE =
            Setting.text("node.advertise", "", "The host that clients are told to use; empty for the one listened on.");
    public static final Setting<String> HTTP_LISTEN = Setting.text(
            "http.listen",
            "127.0.0.1:20080",
            "Address and port of health checks and metrics; port 0 takes any free one, empty switches them off.");
    public static final Setting<Boolean> ALLOW_INSECURE = Setting.flag(
            "security.allowInsecure", false, "Lets the node listen beyond loopback without TLS and users.");

    public static final Setting<String> CLUSTER_NAME =
            Setting.text("cluster.name", "trellis", "The cluster's name: what JDBC calls the catalog.");
    public static final Setting<Long> CLUSTER_PARTITIONS = Setting.number(
            "cluster.partitions", 128, 1, 4096, "Number of partitions; fixed when the data directory is created.");

    public static final Setting<String> JOURNAL_LEVEL = Setting.choice(
            "journal.level",
            "FLUSH",
            List.of("FLUSH", "BUFFERED"),
            "When a write is acknowledged: after the fsync, or after the write with an fsync within a second.");
    public static final Setting<Long> JOURNAL_SEGMENT =
            Setting.bytes("journal.segmentSize", 64 * MIB, MIB, GIB, "Size of a journal segment.");
    public static final Setting<Long> CHECKPOINT_BYTES = Setting.bytes(
            "storage.checkpointBytes",
            256 * MIB,
            MIB,
            TIB,
            "Journal written between two checkpoints; bounds what a restart replays.");
    public static final Setting<Long> MAX_REPLAY = Setting.bytes(
            "recovery.maxReplay",
            256 * MIB,
            MIB,
            TIB,
            "Journal that a restart may read again for rows of time series that are in no block yet, about.");
    public static final Setting<Long> STORAGE_CACHE =
            Setting.share("storage.cache", 16 * MIB, TIB, "Cache of rows and indexes; 0 takes a quarter of the heap.");
    public static final Setting<Long> STORAGE_WINDOWS = Setting.share(
            "storage.windows",
            4 * MIB,
            TIB,
            "Memory of rows of time series that are in no block yet; 0 takes a sixteenth of the heap.");
    public static final Setting<Long> DISK_RESERVE =
            Setting.bytes("storage.diskReserve", GIB, 0, TIB, "Free disk space below which writes are refused.");
    public static final Setting<Long> DISK_WARNING = Setting.bytes(
            "storage.diskWarning", 4 * GIB, 0, TIB, "Free disk space below which the log and the metrics warn.");

    public static final Setting<Long> QUERY_MEMORY_LIMIT =
            Setting.share("query.memoryLimit", MIB, TIB, "Memory of one statement; 0 takes an eighth of the heap.");
    public static final Setting<Long> QUERY_MEMORY_POOL = Setting.share(
            "query.memoryPool", MIB, TIB, "Memory of all statements together; 0 takes a quarter of the heap.");
    public static final Setting<Long> QUERY_WORKERS = Setting.number(
            "query.workers", 0, 0, 1024, "Threads that run statements; 0 takes twice the processors, at least 4.");
    public static final Setting<Long> QUERY_QUEUE =
            Setting.number("query.queue", 1024, 1, 1_000_000, "Statements that may wait for a worker.");
    public static final Setting<Long> PLAN_CACHE =
            Setting.number("query.planCache", 2048, 16, 1_000_000, "Plans kept in each of the two plan caches.");
    public static final Setting<Duration> STATEMENT_TIMEOUT = Setting.duration(
            "query.statementTimeout",
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofDays(1),
            "Longest run of a statement unless the session sets another; 0 ms for no limit.");
    public static final Setting<Duration> SLOW_STATEMENT = Setting.duration(
            "query.slowStatement",
            Duration.ofSeconds(1),
            Duration.ZERO,
            Duration.ofDays(1),
            "Statements that run longer are logged; 0 ms logs all.");

    public static final Setting<Long> CONNECTIONS_MAX =
            Setting.number("connections.max", 1000, 1, 100_000, "Sessions at a time.");
    public static final Setting<Long> CONNECTIONS_UNAUTHENTICATED = Setting.number(
            "connections.unauthenticated", 100, 1, 10_000, "Connections that have not logged in yet, at a time.");
    public static final Setting<Duration> LOGIN_TIMEOUT = Setting.duration(
            "connections.loginTimeout",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            "Time from the connection to the end of the login.");
    public static final Setting<Duration> STOP_TIMEOUT = Setting.duration(
            "connections.stopTimeout",
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofMinutes(10),
            "Time that running statements get when the node stops.");

    public static final Setting<Long> LOG_FILE_SIZE =
            Setting.bytes("log.fileSize", 64 * MIB, MIB, 16 * GIB, "Size at which a log file is rotated.");
    public static final Setting<Long> LOG_FILES =
            Setting.number("log.files", 10, 1, 1000, "Rotated log files that are kept.");

    private static final List<Setting<?>> ALL = List.of(
            NODE_NAME,
            NODE_LISTEN,
            NODE_ADVERTISE,
            HTTP_LISTEN,
            ALLOW_INSECURE,
            CLUSTER_NAME,
            CLUSTER_PARTITIONS,
            JOURNAL_LEVEL,
            JOURNAL_SEGMENT,
            CHECKPOINT_BYTES,
            MAX_REPLAY,
            STORAGE_CACHE,
            STORAGE_WINDOWS,
            DISK_RESERVE,
            DISK_WARNING,
            QUERY_MEMORY_LIMIT,
            QUERY_MEMORY_POOL,
            QUERY_WORKERS,
            QUERY_QUEUE,
            PLAN_CACHE,
            STATEMENT_TIMEOUT,
            SLOW_STATEMENT,
            CONNECTIONS_MAX,
            CONNECTIONS_UNAUTHENTICATED,
            LOGIN_TIMEOUT,
            STOP_TIMEOUT,
            LOG_FILE_SIZE,
            LOG_FILES);

    private ServerSettings() {}

    /** All keys in the reference's order. */
    public static List<Setting<?>> all() {
        return ALL;
    }
}
