package io.trellisdb.sql.information;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionInfo;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Services of a node that has a catalog and one session, and nothing else. */
record CatalogOnly(Catalog catalog) implements QueryServices {
    static QueryContext query(Catalog catalog) {
        return new QueryContext(
                new CatalogOnly(catalog),
                new SessionState(1, "tester", "public"),
                new Batch(1, new ColumnVector[0]),
                Long.MAX_VALUE,
                new MemoryBudget(1 << 20, new AtomicLong(1 << 20)));
    }

    @Override
    public PartitionTable partitionTable() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartitionReader reader(int partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<WriteResult> write(WriteStatement statement) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel(Token token) {}

    @Override
    public long reserveIdentity(long containerId, int columnId, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Catalog change(CatalogChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SessionInfo> sessions() {
        return List.of(new SessionInfo(
                1,
                "tester",
                "tests",
                "127.0.0.1",
                "public",
                Instant.EPOCH,
                "idle",
                Optional.empty(),
                Optional.empty()));
    }

    @Override
    public boolean kill(long sessionId, boolean onlyStatement) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> verify(int partition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String clusterName() {
        return "trellis";
    }

    @Override
    public WallClock wallClock() {
        return () -> Instant.EPOCH;
    }

    @Override
    public NanoClock nanoClock() {
        return () -> 0;
    }
}
