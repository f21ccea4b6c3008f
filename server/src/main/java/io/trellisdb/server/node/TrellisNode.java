package io.trellisdb.server.node;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationProviders;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.MetadataStore;
import io.trellisdb.coordination.partition.PartitionRecords;
import io.trellisdb.coordination.partition.PartitionRow;
import io.trellisdb.coordination.partition.Replica;
import io.trellisdb.replication.OwnerSettings;
import io.trellisdb.replication.PartitionOwners;
import io.trellisdb.server.catalog.CatalogService;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.config.ServerSettings;
import io.trellisdb.server.http.HttpListener;
import io.trellisdb.server.network.NetworkLimits;
import io.trellisdb.server.network.NetworkThreads;
import io.trellisdb.server.network.SqlListener;
import io.trellisdb.server.session.ClientSession;
import io.trellisdb.server.session.SessionKeys;
import io.trellisdb.server.session.SessionMetrics;
import io.trellisdb.server.session.SessionRegistry;
import io.trellisdb.server.session.SessionSurroundings;
import io.trellisdb.sql.SqlEngine;
import io.trellisdb.sql.SqlOptions;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.engine.Checkpointer;
import io.trellisdb.storage.engine.StoreOptions;
import io.trellisdb.storage.engine.Stores;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a cluster of one. {@link #start} and {@link #close} are each called once, by one thread at a time; everything
 * else is safe for all threads.
 */
public final class TrellisNode implements AutoCloseable {
    /** The only node there is. */
    private static final int NODE_ID = 1;

    private static final String VERSION = "0.1.0";
    private static final String SECRET_KEY = "setting/session-secret";
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);
    /** How long ended sessions get to let go of what they hold. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TrellisNode.class);

    private final ServerConfig config;
    private final @Nullable Path directory;
    private final NanoClock nanoClock = NanoClock.system();
    private final WallClock wallClock = WallClock.system();
    private final MemoryShares shares;
    private final SessionMetrics metrics = new SessionMetrics();
    private final NodeMetrics meters = new NodeMetrics();
    private final SessionRegistry registry;
    private final Shutdown opened = new Shutdown();
    private final CompletableFuture<TrellisException> failure = new CompletableFuture<>();
    private volatile State state = State.STARTING;
    private volatile @Nullable SessionSurroundings sessions;
    private volatile @Nullable InetSocketAddress sqlAddress;
    private volatile @Nullable InetSocketAddress httpAddress;

    /** The life of a node; each follows from the one before, and STOPPED may follow from any. */
    public enum State {
        STARTING,
        READY,
        DRAINING,
        STOPPED
    }

    /** @param directory where everything is kept, or null for a node that forgets all when it stops */
    public TrellisNode(ServerConfig config, @Nullable Path directory) {
        this.config = config;
        this.directory = directory;
        this.shares = MemoryShares.of(config, Runtime.getRuntime().maxMemory());
        this.registry = new SessionRegistry(config.getInt(ServerSettings.CONNECTIONS_MAX));
    }

    /**
     * Opens everything and serves.
     *
     * @throws TrellisException OBJECT_IN_USE when another process has the directory, INVALID_CONFIGURATION for an address that
     *     cannot be taken or settings that do not fit the directory, and what opening damaged data raises; then nothing is
     *     left open
     */
    public void start() {
        try {
            open();
            state = State.READY;
        } catch (RuntimeException e) {
            state = State.STOPPED;
            Exception inTheEnd = opened.run();
            if (inTheEnd != null) {
                e.addSuppressed(inTheEnd);
            }
            throw e;
        }
    }

    private void open() {
        LOG.info("node starts: {}, {}", config.get(ServerSettings.NODE_NAME), shares.describe());
        DiskVfs files = directory == null ? null : DiskVfs.open(directory);
        if (files != null) {
            opened.add(files.tryLock("NODE")
                    .orElseThrow(() -> new TrellisException(
                            ErrorCode.OBJECT_IN_USE, "data directory is in use by another process: " + directory)));
        }
        opened.add(meters);
        meters.add(this);
        meters.add(metrics);
        watchDisk(files);
        serveHttp();
        CoordinationService coordination = openCoordination();
        Epoch epoch = coordination.guard().epoch();
        MetadataImage partitions = takePartitions(coordination.metadata(), epoch);
        List<PartitionRow> rows = PartitionRecords.read(partitions);
        CatalogService catalog = new CatalogService(coordination.metadata(), epoch, rows.size());
        catalog.open();
        NodeStore store = openStore(rows.size());
        // Closed after the owners, on whom its work waits.
        opened.add(catalog);
        PartitionOwners owners = startOwners(store, catalog, rows);
        meters.add(store, owners);
        catalog.serve(owners);
        NodeServices services = new NodeServices(
                catalog,
                store,
                owners,
                registry,
                config.get(ServerSettings.CLUSTER_NAME),
                PartitionRecords.table(partitions, List.of()),
                nanoClock,
                wallClock);
        int plans = config.getInt(ServerSettings.PLAN_CACHE);
        SqlEngine engine = new SqlEngine(
                services,
                new SqlOptions(
                        plans,
                        plans,
                        shares.transactionBytes(),
                        SqlOptions.defaults().rerunLimit()));
        warmUp(engine);
        if (directory != null) {
            startCheckpoints(store);
        }
        SessionSurroundings surroundings = openSessions(engine, services, owners, coordination.metadata(), epoch);
        sessions = surroundings;
        listen(surroundings, services, partitions);
    }

    private void watchDisk(@Nullable DiskVfs files) {
        DiskWatch disk = opened.add(new DiskWatch(
                files == null ? () -> Long.MAX_VALUE : files::freeBytes,
                config.get(ServerSettings.DISK_WARNING),
                config.get(ServerSettings.DISK_RESERVE)));
        meters.add(disk);
        disk.start();
    }

    /** A node that is not warm is slow at first, and serves all the same. */
    private static void warmUp(SqlEngine engine) {
        try {
            engine.warmUp();
        } catch (RuntimeException e) {
            LOG.warn("warm-up failed by a defect", e);
        }
    }

    private void serveHttp() {
        String listen = config.get(ServerSettings.HTTP_LISTEN);
        if (listen.isEmpty()) {
            return;
        }
        InetSocketAddress wanted = NodeAddresses.parse(
                ServerSettings.HTTP_LISTEN.key(), listen, config.get(ServerSettings.ALLOW_INSECURE));
        NetworkThreads threads = opened.add(new NetworkThreads("trellis-http", 1));
        HttpListener listener = opened.add(new HttpListener(threads, new NodePages(this, meters)));
        InetSocketAddress bound = listener.start(wanted);
        httpAddress = bound;
        LOG.info("health and metrics: http://{}/", NodeAddresses.print(bound));
    }

    private CoordinationService openCoordination() {
        // Nobody listens yet; the provider wants a place to call listeners all the same.
        ExecutorService listeners = Executors.newSingleThreadExecutor(daemon("trellis-coordination"));
        opened.add(() -> listeners.shutdown());
        CoordinationEnvironment environment = new CoordinationEnvironment(
                directory == null ? null : DiskVfs.open(directory.resolve("metadata")),
                new HostPort("127.0.0.1", 0),
                Map.of(),
                nanoClock,
                wallClock,
                UUID::randomUUID,
                listeners);
        CoordinationService coordination =
                opened.add(CoordinationProviders.find("local").create(Map.of(), environment));
        coordination.start();
        return coordination;
    }

    /** Makes this node the owner of every partition, under new terms. */
    private MetadataImage takePartitions(MetadataStore metadata, Epoch epoch) {
        MetadataImage before = metadata.image(PartitionRecords.PREFIX);
        int existing = PartitionRecords.read(before).size();
        int wanted = config.getInt(ServerSettings.CLUSTER_PARTITIONS);
        if (existing > 0 && existing != wanted && config.isGiven(ServerSettings.CLUSTER_PARTITIONS)) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "cluster.partitions is fixed when the data directory is created: it is " + existing + ", not "
                            + wanted);
        }
        commit(
                metadata,
                epoch,
                PartitionRecords.takeAll(before, epoch, new Replica(NODE_ID, 1), existing > 0 ? existing : wanted));
        return metadata.image(PartitionRecords.PREFIX);
    }

    private static void commit(MetadataStore metadata, Epoch epoch, MetadataCommit commit) {
        CommitOutcome outcome = metadata.commit(epoch, commit);
        if (!(outcome instanceof CommitOutcome.Applied)) {
            throw new TrellisException(ErrorCode.IO_ERROR, "metadata cannot be written: " + outcome);
        }
    }

    private NodeStore openStore(int partitions) {
        if (directory == null) {
            return opened.add(Stores.inMemory(partitions));
        }
        StoreOptions options = new StoreOptions(
                directory,
                partitions,
                Journal.Level.valueOf(config.get(ServerSettings.JOURNAL_LEVEL)),
                shares.cacheBytes(),
                config.get(ServerSettings.JOURNAL_SEGMENT),
                StoreOptions.DEFAULT_MAX_PENDING_BYTES,
                config.get(ServerSettings.DISK_RESERVE),
                shares.windowBytes(),
                config.get(ServerSettings.MAX_REPLAY),
                false);
        return opened.add(Stores.open(options, nanoClock));
    }

    private PartitionOwners startOwners(NodeStore store, CatalogService catalog, List<PartitionRow> rows) {
        int writers = Math.min(rows.size(), Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        PartitionOwners owners = new PartitionOwners(
                store,
                catalog::catalog,
                partition -> rows.get(partition).term(),
                OwnerSettings.defaults(writers).withDrainTimeout(config.get(ServerSettings.STOP_TIMEOUT)),
                nanoClock,
                wallClock,
                this::fail);
        opened.add(owners);
        owners.start(daemon("trellis-writer"));
        try {
            owners.serving().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof TrellisException known ? known : e;
        }
        return owners;
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private void startCheckpoints(NodeStore store) {
        Checkpointer checkpointer = new Checkpointer(
                store,
                nanoClock,
                config.get(ServerSettings.CHECKPOINT_BYTES),
                Checkpointer.DEFAULT_INTERVAL,
                e -> fail(
                        e instanceof TrellisException known
                                ? known
                                : new TrellisException(ErrorCode.INTERNAL, "checkpoint failed by a defect: " + e, e)));
        opened.add(checkpointer);
        checkpointer.start();
    }

    private SessionSurroundings openSessions(
            SqlEngine engine, NodeServices services, PartitionOwners owners, MetadataStore metadata, Epoch epoch) {
        SecureRandom random = new SecureRandom();
        StatementWorkers workers = opened.add(new StatementWorkers(
                config.getInt(ServerSettings.QUERY_WORKERS), config.getInt(ServerSettings.QUERY_QUEUE)));
        AtomicLong queryPool = new AtomicLong(shares.queryPoolBytes());
        meters.add(registry, workers, queryPool);
        return new SessionSurroundings(
                engine,
                services,
                new SessionKeys(secret(metadata, epoch, random), random, owners::beginSession),
                workers,
                queryPool,
                shares.statementBytes(),
                config.get(ServerSettings.STATEMENT_TIMEOUT),
                config.get(ServerSettings.SLOW_STATEMENT),
                metrics,
                NODE_ID,
                VERSION);
    }

    private static byte[] secret(MetadataStore metadata, Epoch epoch, SecureRandom random) {
        Optional<MetadataRecord> known = metadata.find(SECRET_KEY);
        if (known.isPresent()) {
            return known.get().value();
        }
        byte[] secret = new byte[SessionKeys.SECRET_BYTES];
        random.nextBytes(secret);
        commit(
                metadata,
                epoch,
                MetadataCommit.builder()
                        .expectAbsent(SECRET_KEY)
                        .put(SECRET_KEY, secret)
                        .build());
        return secret;
    }

    private void listen(SessionSurroundings surroundings, NodeServices services, MetadataImage partitions) {
        String listen = config.get(ServerSettings.NODE_LISTEN);
        if (listen.isEmpty()) {
            return;
        }
        boolean allowsInsecure = config.get(ServerSettings.ALLOW_INSECURE);
        InetSocketAddress wanted = NodeAddresses.parse(ServerSettings.NODE_LISTEN.key(), listen, allowsInsecure);
        if (!wanted.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "node listens beyond loopback without TLS and users: everybody who reaches {} can read and change"
                            + " everything",
                    listen);
        }
        NetworkThreads threads = opened.add(new NetworkThreads(
                "trellis-network", Math.max(2, Runtime.getRuntime().availableProcessors() / 2)));
        SqlListener listener = opened.add(new SqlListener(
                threads,
                surroundings,
                registry,
                new NetworkLimits(
                        config.getInt(ServerSettings.CONNECTIONS_UNAUTHENTICATED),
                        config.get(ServerSettings.LOGIN_TIMEOUT),
                        shares.receiveBytes(),
                        shares.sendBytes())));
        meters.add(listener);
        InetSocketAddress bound = listener.bind(wanted);
        String advertised = config.get(ServerSettings.NODE_ADVERTISE);
        String host = advertised.isEmpty() ? bound.getAddress().getHostAddress() : advertised;
        NodeAddress self = new NodeAddress(NODE_ID, config.get(ServerSettings.NODE_NAME), host, bound.getPort());
        PartitionTable table = PartitionRecords.table(partitions, List.of(self));
        services.publish(table);
        sqlAddress = bound;
        listener.accept();
    }

    private void fail(TrellisException reason) {
        if (failure.complete(reason)) {
            LOG.error("node has failed and must be started again: {}", reason.getMessage(), reason);
        }
    }

    public State state() {
        return state;
    }

    /** Whether statements are served: neither starting, nor stopping, nor failed. */
    public boolean isReady() {
        return state == State.READY && !failure.isDone();
    }

    /** Why the node can no longer write, if so. */
    Optional<TrellisException> failure() {
        return Optional.ofNullable(failure.getNow(null));
    }

    /** Done, with the reason, when the node can no longer write and must be stopped and started again. */
    public CompletionStage<TrellisException> failed() {
        return failure.minimalCompletionStage();
    }

    /** The SQL door's address with its real port; empty when there is none. */
    public Optional<InetSocketAddress> sqlAddress() {
        return Optional.ofNullable(sqlAddress);
    }

    /** The address of health checks and metrics with its real port; empty when there is none. */
    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(httpAddress);
    }

    /** The page that describes the metrics of a node that has started. */
    String metricsReference() {
        return meters.reference();
    }

    /** What a login needs; the node must have started. */
    public SessionSurroundings sessions() {
        return Objects.requireNonNull(sessions, "node has not started");
    }

    public SessionRegistry registry() {
        return registry;
    }

    /**
     * Stops in good order: running statements get {@code connections.stopTimeout}, then sessions end and everything is closed,
     * with a checkpoint. Blocks. A second call does nothing.
     *
     * @throws TrellisException IO_ERROR when something could not be closed; what could be, is
     */
    @Override
    public void close() {
        if (state == State.STOPPED) {
            return;
        }
        state = State.DRAINING;
        LOG.info("node stops: {} sessions", registry.size());
        registry.drain();
        await(config.get(ServerSettings.STOP_TIMEOUT), () -> registry.sessions().stream()
                .noneMatch(ClientSession::isBusy));
        registry.sessions().forEach(session -> session.end(ErrorCode.SERVER_STOPPING, "the node is stopping"));
        await(END_TIMEOUT, () -> registry.size() == 0);
        Exception problem = opened.run();
        state = State.STOPPED;
        if (problem != null) {
            throw new TrellisException(
                    ErrorCode.IO_ERROR, "node could not be stopped in good order: " + problem.getMessage(), problem);
        }
        LOG.info("node has stopped");
    }

    private void await(Duration most, java.util.function.BooleanSupplier condition) {
        long end = nanoClock.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean() && nanoClock.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_INTERVAL.toMillis()));
        }
    }
}
