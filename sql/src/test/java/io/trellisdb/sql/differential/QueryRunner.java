package io.trellisdb.sql.differential;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.sql.operator.FragmentRunner;
import io.trellisdb.sql.operator.QueryExecutor;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.planning.PlanPrinter;
import io.trellisdb.sql.planning.PlannedQuery;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.planning.RowEstimates;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionInfo;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.memory.MemoryNodeStore;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Plans queries and runs them over tables in memory, spread over a few partitions of one node. */
final class QueryRunner implements QueryServices, AutoCloseable {
    private static final int PARTITIONS = 4;

    private final MemoryNodeStore store = new MemoryNodeStore(PARTITIONS);
    private final Catalog catalog;
    private final QueryPlanner planner =
            new QueryPlanner(SqlSyntax::parseStatement, RowEstimates.NONE, System::nanoTime);
    private final QueryExecutor executor =
            new QueryExecutor(FragmentRunner.local(), (table, columns, query) -> BatchCursor.empty());

    QueryRunner(List<SampleTables.Table> tables) {
        this.catalog = Catalog.of(
                1,
                List.of(new DatabaseDescriptor(1, "public")),
                tables.stream().map(SampleTables.Table::container).toList(),
                List.of());
        tables.forEach(this::load);
    }

    private void load(SampleTables.Table table) {
        TreeMap<Integer, BatchBuilder> byPartition = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byPartition.put(partition, table.builder());
        }
        for (Object[] row : table.rows()) {
            byPartition.get(partition(table, row)).appendRow(row);
        }
        byPartition.forEach((partition, builder) -> {
            List<Operation> operations = new ArrayList<>();
            operations.add(new Operation.DefineContainer(table.container()));
            if (!builder.isEmpty()) {
                Batch rows = builder.build();
                operations.add(new Operation.PutRows(
                        table.container().id(), 1, rows, RowKeys.ofRows(table.container(), rows)));
            }
            long lsn = table.container().id() - 9;
            store.apply(List.of(
                    new JournalEntry(partition, JournalEntry.Kind.OPERATIONS, 1, lsn, 0, 1, null, null, operations)));
        });
    }

    private static int partition(SampleTables.Table table, Object[] row) {
        return table.container().partitioning() instanceof Partitioning.Whole whole
                ? whole.partition()
                : RoutingHash.partition(List.of(table.types().get(0)), Collections.singletonList(row[0]), PARTITIONS);
    }

    private PlannedQuery plan(String sql) {
        return planner.plan(SqlSyntax.parseStatement(sql), catalog, "public");
    }

    String explain(String sql) {
        return PlanPrinter.print(plan(sql).root());
    }

    List<List<Object>> run(String sql) {
        QueryContext context = new QueryContext(
                this,
                new SessionState(1, "tester", "public"),
                new Batch(1),
                Long.MAX_VALUE,
                new MemoryBudget(1L << 28, new AtomicLong(1L << 28)));
        List<List<Object>> rows = new ArrayList<>();
        try (BatchCursor cursor = executor.open(plan(sql).root(), context)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(batch.row(row));
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public PartitionTable partitionTable() {
        return new PartitionTable(
                1,
                List.of(new NodeAddress(1, "one", "127.0.0.1", 1)),
                Collections.nCopies(PARTITIONS, new PartitionTable.Row(1, 1, List.of())));
    }

    @Override
    public PartitionReader reader(int partition) {
        return store.partition(partition).reader();
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
        return List.of();
    }

    @Override
    public boolean kill(long sessionId, boolean onlyStatement) {
        return false;
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
