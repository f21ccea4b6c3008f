package io.trellisdb.sql.operator;

import static io.trellisdb.sql.operator.Plans.BIG;
import static io.trellisdb.sql.operator.Plans.INT;
import static io.trellisdb.sql.operator.Plans.TEXT;
import static io.trellisdb.sql.operator.Plans.output;
import static io.trellisdb.sql.operator.Plans.row;
import static io.trellisdb.sql.operator.Plans.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.ScanRange;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.memory.MemoryNodeStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans over a store: two partitions of a table (site, number descending) with an index on a nullable column. */
class ScanOperatorTest {
    private static final int PARTITIONS = 4;

    private final ContainerDescriptor table = new ContainerDescriptor(
            7,
            1,
            1,
            "readings",
            ContainerKind.COLLECTION,
            List.of(
                    ColumnDescriptor.of(1, "site", TEXT, false),
                    ColumnDescriptor.of(2, "number", INT, false),
                    ColumnDescriptor.of(3, "amount", BIG, true)),
            List.of(KeyColumn.ascending(1), new KeyColumn(2, true)),
            List.of(new IndexDescriptor(
                    9, "by_amount", false, false, List.of(KeyColumn.ascending(3)), IndexDescriptor.State.PUBLIC)),
            List.of(),
            List.of(),
            new Partitioning.Hash(List.of(1)),
            Map.of(),
            4);
    private final MemoryNodeStore store = new MemoryNodeStore(PARTITIONS);
    private QueryContext context;
    private Catalog catalog;
    private Map<Integer, PartitionReader> readers;

    @BeforeEach
    void fill() {
        Map<Integer, BatchBuilder> byPartition = new HashMap<>();
        for (String site : List.of("a", "b", "c")) {
            int partition = partition(site);
            BatchBuilder rows =
                    byPartition.computeIfAbsent(partition, p -> new BatchBuilder(List.of(TEXT, INT, BIG), 16));
            for (int number = 1; number <= 5; number++) {
                rows.appendRow(site, number, number == 3 ? null : (Long) (number * 10L));
            }
        }
        byPartition.forEach((partition, rows) -> put(partition, rows.build()));
        readers = new HashMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            readers.put(i, store.partition(i).reader());
        }
        catalog = Catalog.of(1, List.of(new DatabaseDescriptor(1, "public")), List.of(table), List.of());
        context = Plans.context(new Plans.TestServices(catalog, readers, PARTITIONS));
    }

    private static int partition(String site) {
        return RoutingHash.partition(List.of(TEXT), List.of(site), PARTITIONS);
    }

    private void put(int partition, Batch rows) {
        store.apply(List.of(new JournalEntry(
                partition,
                JournalEntry.Kind.OPERATIONS,
                1,
                1,
                0,
                1,
                null,
                null,
                List.of(
                        new Operation.DefineContainer(table),
                        new Operation.PutRows(7, 1, rows, RowKeys.ofRows(table, rows))))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Expression literal(Object value, DataType type) {
        return new Literal(value, type);
    }

    private static Scan scan(long index, ScanRange range, boolean descending, Expression filter, Expression limit) {
        return new Scan(
                "readings",
                7,
                1,
                List.of(1, 2, 3),
                index,
                range,
                descending,
                filter,
                limit,
                false,
                new ScanPartitions.All(),
                output(TEXT, INT, BIG));
    }

    private static Gather gather(PlanNode input, SortKey... order) {
        return new Gather(input, List.of(order), input.output());
    }

    private static ScanRange numbers(String site, Integer lower, boolean lowerIn, Integer upper, boolean upperIn) {
        return new ScanRange(
                List.of(literal(site, TEXT)),
                lower == null ? null : literal(lower, INT),
                lowerIn,
                upper == null ? null : literal(upper, INT),
                upperIn);
    }

    private List<Object> numbersOf(Scan scan) {
        return Plans.run(gather(scan), context).stream().map(r -> r.get(1)).toList();
    }

    @Test
    void rangesOfADescendingKeyColumnAreExact() {
        assertEquals(List.of(4, 3, 2), numbersOf(scan(0, numbers("b", 2, true, 4, true), false, null, null)));
        assertEquals(List.of(3), numbersOf(scan(0, numbers("b", 2, false, 4, false), false, null, null)));
        assertEquals(List.of(5, 4), numbersOf(scan(0, numbers("b", 4, true, null, false), false, null, null)));
        assertEquals(List.of(2, 1), numbersOf(scan(0, numbers("b", null, false, 3, false), false, null, null)));
        assertEquals(List.of(1, 2), numbersOf(scan(0, numbers("b", null, false, 3, false), true, null, null)));
        assertEquals(
                List.of(5, 4, 3, 2, 1), numbersOf(scan(0, numbers("b", null, false, null, false), false, null, null)));
        assertEquals(List.of(), numbersOf(scan(0, numbers("b", 4, true, 2, true), false, null, null)));
        assertEquals(List.of(), numbersOf(scan(0, numbers("zz", null, true, null, true), false, null, null)));
    }

    @Test
    void indexRangesLeaveNullsOut() {
        ScanRange atLeast = new ScanRange(List.of(), literal(20L, BIG), true, null, false);
        List<Object> found = new ArrayList<>(numbersOf(scan(9, atLeast, false, null, null)));
        found.sort(null);
        assertEquals(List.of(2, 2, 2, 4, 4, 4, 5, 5, 5), found);
        ScanRange below = new ScanRange(List.of(), null, false, literal(20L, BIG), false);
        assertEquals(List.of(1, 1, 1), numbersOf(scan(9, below, false, null, null)));
    }

    @Test
    void aNullBoundMeansNoRows() {
        Scan plan =
                scan(0, new ScanRange(List.of(new Parameter(0, TEXT)), null, false, null, false), false, null, null);
        QueryContext bound = Plans.context(
                new Plans.TestServices(catalog, readers, PARTITIONS), 1 << 20, Plans.parameters(List.of(TEXT), (Object)
                        null));
        assertEquals(List.of(), Plans.run(gather(plan), bound));
    }

    @Test
    void filtersAndLimitsApplyPerPartition() {
        Expression filter = Plans.compare(">", new ColumnRef(1, INT), Plans.literal(2));
        Scan plan = scan(0, ScanRange.ALL, false, filter, literal(2L, BIG));
        long partitions = List.of("a", "b", "c").stream()
                .map(ScanOperatorTest::partition)
                .distinct()
                .count();
        assertEquals(2 * partitions, Plans.run(gather(plan), context).size());
        assertEquals(
                15,
                Plans.run(gather(scan(0, ScanRange.ALL, false, null, null)), context)
                        .size());
    }

    @Test
    void orderedFragmentsAreMerged() {
        Scan plan = scan(0, ScanRange.ALL, false, null, null);
        SortKey[] keys = {new SortKey(1, false, false), new SortKey(0, true, true)};
        Sort sorted = new Sort(plan, List.of(keys), null, null, plan.output());
        List<List<Object>> rows = Plans.run(gather(sorted, keys), context);
        assertEquals(rows(row("c", 1, 10L), row("b", 1, 10L), row("a", 1, 10L), row("c", 2, 20L)), rows.subList(0, 4));
        assertEquals(15, rows.size());
    }

    @Test
    void valuesOfThePartitioningColumnsChooseThePartition() {
        Scan plan = new Scan(
                "readings",
                7,
                1,
                List.of(3),
                0,
                numbers("c", 5, true, 5, true),
                false,
                null,
                null,
                true,
                new ScanPartitions.OfValues(List.of(literal("c", TEXT))),
                output(BIG, DataType.VARBINARY));
        assertEquals(
                List.of(partition("c")),
                ScanBounds.partitions(plan, context, io.trellisdb.sql.kernel.EvaluationContext.of(context)));
        assertEquals(50L, Plans.run(gather(plan), context).get(0).get(0));
    }

    @Test
    void aChangedTableIsNoticed() {
        Scan plan = new Scan(
                "readings",
                7,
                2,
                List.of(1),
                0,
                ScanRange.ALL,
                false,
                null,
                null,
                false,
                new ScanPartitions.All(),
                output(TEXT));
        TrellisException e = assertThrows(TrellisException.class, () -> Plans.run(gather(plan), context));
        assertEquals(ErrorCode.SCHEMA_CHANGED, e.code());
    }
}
