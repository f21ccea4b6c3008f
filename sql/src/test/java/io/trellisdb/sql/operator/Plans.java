package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionInfo;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Small plans over literal rows, and a way to run them. */
final class Plans {
    static final DataType INT = DataType.INTEGER;
    static final DataType BIG = DataType.BIGINT;
    static final DataType TEXT = DataType.VARCHAR;
    static final DataType DOUBLE = DataType.DOUBLE;

    private Plans() {}

    static List<OutputColumn> output(DataType... types) {
        List<OutputColumn> output = new ArrayList<>();
        for (DataType type : types) {
            output.add(new OutputColumn("c" + output.size(), type, true));
        }
        return output;
    }

    static Values values(DataType[] types, Object[]... rows) {
        List<List<Expression>> literals = new ArrayList<>();
        for (Object[] row : rows) {
            List<Expression> expressions = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                expressions.add(new Literal(row[i], types[i]));
            }
            literals.add(expressions);
        }
        return new Values(literals, output(types));
    }

    static DataType[] types(DataType... types) {
        return types;
    }

    static Object[] row(Object... values) {
        return values;
    }

    static ColumnRef column(PlanNode plan, int index) {
        return new ColumnRef(index, plan.output().get(index).type());
    }

    static Expression compare(String operator, Expression a, Expression b) {
        return new Call(operator, List.of(a, b), DataType.BOOLEAN);
    }

    static Expression literal(int value) {
        return new Literal(value, INT);
    }

    static AggregateCall aggregate(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, -1, List.of(), type);
    }

    static Aggregate group(PlanNode input, List<Integer> keys, AggregateCall... calls) {
        List<OutputColumn> output = new ArrayList<>();
        for (int key : keys) {
            output.add(input.output().get(key));
        }
        for (AggregateCall call : calls) {
            output.add(new OutputColumn(call.function(), call.type(), true));
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            all.add(i);
        }
        return new Aggregate(input, Aggregate.Mode.SINGLE, keys, List.of(all), List.of(calls), output);
    }

    static List<List<Object>> run(PlanNode plan) {
        return run(plan, context(new TestServices(Catalog.empty(), Map.of(), 1)));
    }

    static List<List<Object>> run(PlanNode plan, QueryContext context) {
        QueryExecutor executor =
                new QueryExecutor(FragmentRunner.local(), (table, columns, query) -> BatchCursor.empty());
        List<List<Object>> rows = new ArrayList<>();
        try (BatchCursor cursor = executor.open(plan, context)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                if (batch.rowCount() == 0
                        || batch.columnCount() != plan.output().size()) {
                    throw new AssertionError("batch is empty or has another width: " + batch.types());
                }
                for (int i = 0; i < batch.columnCount(); i++) {
                    if (!batch.column(i).type().equals(plan.output().get(i).type())) {
                        throw new AssertionError(
                                "column " + i + " is " + batch.column(i).type());
                    }
                }
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(batch.row(row));
                }
            }
        }
        if (context.memory().usedBytes() != 0) {
            throw new AssertionError(
                    "memory was not released: " + context.memory().usedBytes());
        }
        return rows;
    }

    static List<List<Object>> sorted(List<List<Object>> rows) {
        List<List<Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(String::valueOf));
        return sorted;
    }

    static List<List<Object>> rows(Object[]... rows) {
        List<List<Object>> list = new ArrayList<>();
        for (Object[] row : rows) {
            list.add(Arrays.asList(row));
        }
        return list;
    }

    static QueryContext context(QueryServices services) {
        return context(services, 1L << 30, new Batch(1));
    }

    static QueryContext context(QueryServices services, long memoryBytes, Batch parameters) {
        MemoryBudget memory = new MemoryBudget(memoryBytes, new AtomicLong(Long.MAX_VALUE / 2));
        return new QueryContext(services, new SessionState(1, "ada", "public"), parameters, Long.MAX_VALUE, memory);
    }

    static Batch parameters(List<DataType> types, Object... values) {
        BatchBuilder builder = new BatchBuilder(types, 1);
        builder.appendRow(values);
        return builder.build();
    }

    /** One node with some partitions. */
    static final class TestServices implements QueryServices {
        private final Catalog catalog;
        private final Map<Integer, PartitionReader> readers;
        private final int partitions;

        TestServices(Catalog catalog, Map<Integer, PartitionReader> readers, int partitions) {
            this.catalog = catalog;
            this.readers = new TreeMap<>(readers);
            this.partitions = partitions;
        }

        @Override
        public Catalog catalog() {
            return catalog;
        }

        @Override
        public PartitionTable partitionTable() {
            List<PartitionTable.Row> rows = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                rows.add(new PartitionTable.Row(1, 1, List.of()));
            }
            return new PartitionTable(1, List.of(new NodeAddress(1, "one", "127.0.0.1", 1)), rows);
        }

        @Override
        public PartitionReader reader(int partition) {
            return readers.get(partition);
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
            return WallClock.system();
        }

        @Override
        public NanoClock nanoClock() {
            return NanoClock.system();
        }
    }
}
