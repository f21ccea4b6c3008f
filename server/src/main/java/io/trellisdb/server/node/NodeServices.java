package io.trellisdb.server.node;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.replication.PartitionOwners;
import io.trellisdb.server.catalog.CatalogService;
import io.trellisdb.server.session.SessionRegistry;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionInfo;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What SQL gets from a node that owns every partition. Safe for all threads. */
final class NodeServices implements QueryServices {
    private final CatalogService catalog;
    private final NodeStore store;
    private final PartitionOwners owners;
    private final IdentityRanges identities;
    private final SessionRegistry registry;
    private final String clusterName;
    private final NanoClock nanoClock;
    private final WallClock wallClock;
    private volatile PartitionTable table;

    NodeServices(
            CatalogService catalog,
            NodeStore store,
            PartitionOwners owners,
            SessionRegistry registry,
            String clusterName,
            PartitionTable table,
            NanoClock nanoClock,
            WallClock wallClock) {
        this.catalog = catalog;
        this.store = store;
        this.owners = owners;
        this.identities = new IdentityRanges(catalog::catalog, owners, store.partitionCount());
        this.registry = registry;
        this.clusterName = clusterName;
        this.table = table;
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
    }

    void publish(PartitionTable newer) {
        table = newer;
    }

    @Override
    public Catalog catalog() {
        return catalog.catalog();
    }

    @Override
    public PartitionTable partitionTable() {
        return table;
    }

    @Override
    public PartitionReader reader(int partition) {
        if (partition < 0 || partition >= store.partitionCount()) {
            throw new TrellisException(ErrorCode.NOT_OWNER, "partition is not on this node: " + partition);
        }
        return store.partition(partition).reader();
    }

    @Override
    public CompletionStage<WriteResult> write(WriteStatement statement) {
        return owners.write(statement);
    }

    @Override
    public void cancel(Token token) {
        owners.cancel(token);
    }

    @Override
    public long reserveIdentity(long containerId, int columnId, int count) {
        return identities.take(containerId, columnId, count);
    }

    @Override
    public Catalog change(CatalogChange change) {
        return catalog.change(change);
    }

    @Override
    public List<SessionInfo> sessions() {
        return registry.infos();
    }

    @Override
    public boolean kill(long sessionId, boolean onlyStatement) {
        return registry.kill(sessionId, onlyStatement);
    }

    @Override
    public List<String> verify(int partition) {
        try {
            return owners.verify(partition).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof TrellisException known ? known : e;
        }
    }

    @Override
    public String clusterName() {
        return clusterName;
    }

    @Override
    public WallClock wallClock() {
        return wallClock;
    }

    @Override
    public NanoClock nanoClock() {
        return nanoClock;
    }
}
