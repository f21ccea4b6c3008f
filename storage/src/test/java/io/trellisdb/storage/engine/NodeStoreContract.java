package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.testing.SeededSuite;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of a node does; it is verified after each test. */
abstract class NodeStoreContract {
    static final int PARTITIONS = 3;

    private static final ContainerDescriptor PEOPLE = Containers.people(5);

    private TestOwner owner;

    /** A new store without anything in it. */
    abstract NodeStore create();

    /** The store after a stop and a start; a store that forgets may return itself. */
    abstract NodeStore reopen(NodeStore store);

    @BeforeEach
    void createStore() {
        owner = new TestOwner(create());
    }

    @AfterEach
    void verifyAndClose() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertEquals(List.of(), owner.store().partition(partition).verify());
        }
        owner.store().close();
    }

    private PartitionReader reader(int partition) {
        return owner.store().partition(partition).reader();
    }

    private void restart() {
        owner = new TestOwner(reopen(owner.store()));
    }

    private static Operation.PutRows put(ContainerDescriptor container, List<? extends List<?>> rows) {
        Batch batch = Containers.rows(container, rows);
        return new Operation.PutRows(container.id(), container.version(), batch, RowKeys.ofRows(container, batch));
    }

    private static List<List<Object>> people(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> List.<Object>of(id, "name" + id % 10, id * 0.5))
                .toList();
    }

    private void writePeople(int partition, long from, long to) {
        owner.write(partition, new Operation.DefineContainer(PEOPLE), put(PEOPLE, people(from, to)));
    }

    @Test
    void unknownContainerHasNoRows() {
        assertEquals(0, reader(0).schemaVersion(5));
        assertEquals(0, reader(0).estimateRows(5));
        assertFalse(reader(0).exists(5, new byte[] {1}));
        assertEquals(
                0,
                reader(0).get(5, List.of(new byte[] {1}), List.of(1, 2), true).rowCount());
        assertEquals(Optional.empty(), reader(0).findByUniqueIndex(5, 6, new byte[] {1}));
        try (BatchCursor cursor = reader(0).scan(ScanRequest.all(5, List.of(1)))) {
            assertEquals(null, cursor.next());
        }
    }

    @Test
    void rowsComeBackInKeyOrderWithTheColumnsAskedFor() {
        writePeople(1, -3, 3);

        List<List<Object>> expected = LongStream.range(-3, 3)
                .mapToObj(id -> List.<Object>of(id * 0.5, id))
                .toList();
        assertEquals(expected, Readings.scan(reader(1), ScanRequest.all(5, List.of(3, 1))));
        assertEquals(List.of(), Readings.scan(reader(0), ScanRequest.all(5, List.of(1))));
        assertEquals(6, reader(1).estimateRows(5));
    }

    @Test
    void batchesOfAScanGrowAndHoldEveryRowOnce() {
        for (long from = 0; from < 10_000; from += 2000) {
            writePeople(0, from, from + 2000);
        }

        List<Integer> sizes = new ArrayList<>();
        try (BatchCursor cursor = reader(0).scan(ScanRequest.all(5, List.of()))) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                sizes.add(batch.rowCount());
            }
        }

        assertEquals(10_000, sizes.stream().mapToInt(Integer::intValue).sum());
        assertEquals(256, sizes.get(0));
        assertEquals(Batch.MAX_ROWS, sizes.get(2));
    }

    @Test
    void scanSeesNoRowTwiceWhileOthersAreWritten() {
        writePeople(0, 0, 1000);
        try (BatchCursor cursor = reader(0).scan(ScanRequest.all(5, List.of(1)))) {
            assertEquals(256, cursor.next().rowCount());

            writePeople(0, 0, 100);
            owner.write(0, new Operation.DeleteRows(5, keys(900, 1000)));

            List<Object> rest = new ArrayList<>();
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                Readings.rows(batch).forEach(row -> rest.add(row.get(0)));
            }
            assertEquals(
                    LongStream.range(256, 900).boxed().map(Object.class::cast).toList(), rest);
        }
    }

    private static List<byte[]> keys(long from, long to) {
        Batch rows = Containers.rows(PEOPLE, people(from, to));
        return RowKeys.ofRows(PEOPLE, rows);
    }

    @Test
    void rowIdIsReadAsColumnAndAsKey() {
        ContainerDescriptor notes = Containers.notes(7);
        Batch rows = Containers.rows(notes, List.of(List.of("b", 1), List.of("a", 2)));
        List<byte[]> keys = List.of(RowKeys.ofRowId(40), RowKeys.ofRowId(39));
        owner.write(0, new Operation.DefineContainer(notes), new Operation.PutRows(7, 1, rows, keys));

        ScanRequest request = new ScanRequest(
                7,
                List.of(PartitionReader.ROW_ID_COLUMN, 1),
                new ScanRequest.Access.Primary(KeyRange.ALL),
                false,
                ScanRequest.NO_LIMIT,
                true);
        assertEquals(
                List.of(List.of(39L, "a", "0000000000000027"), List.of(40L, "b", "0000000000000028")),
                Readings.scan(reader(0), request));
    }

    @Test
    void statementOverSeveralPartitionsIsAppliedToAll() {
        Operation define = new Operation.DefineContainer(PEOPLE);
        owner.write(
                new Token(9, 1, 1),
                StoredResult.ofCount(4),
                Map.of(
                        0, List.of(define, put(PEOPLE, people(0, 2))),
                        2, List.of(define, put(PEOPLE, people(2, 4)))));
        restart();

        for (int partition : List.of(0, 2)) {
            assertEquals(2, reader(partition).estimateRows(5));
            assertEquals(1, owner.store().partition(partition).appliedLsn());
            assertEquals(
                    4,
                    reader(partition)
                            .findResult(new Token(9, 1, 1))
                            .orElseThrow()
                            .updateCount());
        }
        assertEquals(0, owner.store().partition(1).appliedLsn());
    }

    @Test
    void olderDescriptorChangesNothing() {
        writePeople(0, 0, 3);
        ContainerDescriptor renamed = PEOPLE.change().name("persons").build();
        owner.write(0, new Operation.DefineContainer(renamed));

        owner.write(0, new Operation.DefineContainer(PEOPLE));

        assertEquals(2, reader(0).schemaVersion(5));
        assertEquals(3, reader(0).estimateRows(5));
    }

    @Test
    void rowsFromBeforeAColumnHaveItsAbsentValue() {
        writePeople(0, 0, 2);
        List<ColumnDescriptor> columns = new ArrayList<>(PEOPLE.columns());
        columns.remove(2);
        columns.add(new ColumnDescriptor(4, "rank", DataType.INTEGER, false, "1", 1, null));
        ContainerDescriptor changed = PEOPLE.change().columns(columns, 5).build();
        owner.write(0, new Operation.DefineContainer(changed), put(changed, List.of(List.of(2L, "name2", 8))));
        restart();

        assertEquals(
                List.of(List.of(0L, 1), List.of(1L, 1), List.of(2L, 8)),
                Readings.scan(reader(0), ScanRequest.all(5, List.of(1, 4))));
        TrellisException dropped =
                assertThrows(TrellisException.class, () -> Readings.scan(reader(0), ScanRequest.all(5, List.of(3))));
        assertEquals(ErrorCode.SCHEMA_CHANGED, dropped.code());
    }

    @Test
    void indexIsBuiltInStepsWhileRowsChange() {
        writePeople(0, 0, 1000);
        IndexDescriptor index = Containers.index(77, true, State.WRITE_ONLY, new KeyColumn(3, true));
        List<IndexDescriptor> indexes = new ArrayList<>(PEOPLE.indexes());
        indexes.add(index);
        ContainerDescriptor changed = PEOPLE.change().indexes(indexes).build();
        owner.write(0, new Operation.DefineContainer(changed));
        assertUnreadable(index);

        owner.write(0, new Operation.SetIndexState(5, 77, State.BACKFILL));
        byte[] after = new byte[0];
        int steps = 0;
        do {
            after = owner.store().backfill(0, changed, 77, after, 100);
            owner.write(0, put(changed, List.of(List.of(steps * 17L, "new", 5000.5 + steps))));
            owner.write(0, new Operation.DeleteRows(5, keys(steps * 31L + 1, steps * 31L + 2)));
            steps++;
        } while (after.length > 0);
        assertTrue(steps >= 10);
        assertUnreadable(index);
        owner.write(0, new Operation.SetIndexState(5, 77, State.PUBLIC));
        restart();

        assertEquals(List.of(), owner.store().partition(0).verify());
        List<List<Object>> byIndex = Readings.scan(reader(0), byIndex(77, List.of(3)));
        List<Double> amounts = byIndex.stream().map(row -> (Double) row.get(0)).toList();
        assertEquals(reader(0).estimateRows(5), amounts.size());
        assertEquals(amounts.stream().sorted((a, b) -> Double.compare(b, a)).toList(), amounts);
    }

    private void assertUnreadable(IndexDescriptor index) {
        TrellisException refused =
                assertThrows(TrellisException.class, () -> reader(0).scan(byIndex(index.id(), List.of(1))));
        assertEquals(ErrorCode.SCHEMA_CHANGED, refused.code());
    }

    private static ScanRequest byIndex(long indexId, List<Integer> columnIds) {
        return new ScanRequest(
                5, columnIds, new ScanRequest.Access.Index(indexId, KeyRange.ALL), false, ScanRequest.NO_LIMIT, false);
    }

    @Test
    void uniqueIndexIsNotBuiltOverDuplicates() {
        ContainerDescriptor people = PEOPLE.change()
                .indexes(List.of(Containers.index(77, true, State.WRITE_ONLY, KeyColumn.ascending(2))))
                .build();
        owner.write(
                0,
                new Operation.DefineContainer(people),
                put(people, List.of(List.of(1L, "same", 1.0), List.of(2L, "same", 1.0))),
                new Operation.SetIndexState(5, 77, State.BACKFILL));

        TrellisException duplicate =
                assertThrows(TrellisException.class, () -> owner.store().backfill(0, people, 77, new byte[0], 100));

        assertEquals(ErrorCode.UNIQUE_VIOLATION, duplicate.code());
        assertTrue(duplicate.getMessage().contains("same"), duplicate.getMessage());
        owner.write(0, new Operation.SetIndexState(5, 77, State.FAILED));
        owner.write(0, put(people, people(5, 9)), new Operation.DeleteRows(5, keys(1, 3)));
        assertEquals(4, reader(0).estimateRows(5));
    }

    @Test
    void rowsWithNullInAUniqueIndexAreNotCompared() {
        ContainerDescriptor people = PEOPLE.change()
                .indexes(List.of(Containers.index(77, true, State.BACKFILL, KeyColumn.ascending(2))))
                .build();
        List<Object> one = Arrays.asList(1L, null, 1.0);
        List<Object> two = Arrays.asList(2L, null, 1.0);
        owner.write(0, new Operation.DefineContainer(people), put(people, List.of(one, two)));

        assertEquals(0, owner.store().backfill(0, people, 77, new byte[0], 100).length);
    }

    @Test
    void truncatedAndDroppedContainersAreEmptyAtOnceAndSweptLater() {
        writePeople(0, 0, 3000);
        owner.write(0, new Operation.Truncate(5));
        assertEquals(0, reader(0).estimateRows(5));
        assertEquals(List.of(), Readings.scan(reader(0), ScanRequest.all(5, List.of(1))));

        writePeople(0, 10, 12);
        owner.write(0, new Operation.ReserveCounter(5, 0, 40));
        assertEquals(2, Readings.scan(reader(0), byIndex(500, List.of(1))).size());
        owner.write(0, new Operation.DropContainer(5));

        assertEquals(0, reader(0).schemaVersion(5));
        assertEquals(0, reader(0).counter(5, 0));
        assertFalse(reader(0).exists(5, keys(10, 11).get(0)));
        owner.store().checkpoint();
        restart();
        assertEquals(0, reader(0).schemaVersion(5));
    }

    @Test
    void rowsUnderTheFloorAreGone() {
        for (boolean descending : new boolean[] {false, true}) {
            ContainerDescriptor readings = Containers.readings(descending ? 8 : 9, descending);
            List<List<Object>> rows = new ArrayList<>();
            for (int series = 0; series < 20; series++) {
                for (int second = 0; second < 100; second++) {
                    rows.add(List.of(
                            "s" + series, LocalDateTime.of(2024, 1, 1, 0, 0).plusSeconds(second), 1.0));
                }
            }
            owner.write(0, new Operation.DefineContainer(readings), put(readings, rows));

            long floor = LocalDateTime.of(2024, 1, 1, 0, 1).toEpochSecond(java.time.ZoneOffset.UTC) * 1000;
            owner.write(0, new Operation.RaiseFloor(readings.id(), floor));
            owner.write(0, new Operation.RaiseFloor(readings.id(), floor - 5));

            List<List<Object>> left = Readings.scan(reader(0), ScanRequest.all(readings.id(), List.of(2)));
            assertEquals(20 * 40, left.size());
            assertEquals(20 * 40, reader(0).estimateRows(readings.id()));
            // a late row under the floor stays out of sight
            owner.write(0, put(readings, List.of(rows.get(0))));
            assertEquals(
                    20 * 40,
                    Readings.scan(reader(0), ScanRequest.all(readings.id(), List.of()))
                            .size());
        }
    }

    @Test
    void resultsAreKeptUntilTheSessionIsDoneWithThem() {
        owner.write(new Token(9, 1, 1), StoredResult.ofCount(11), 0);
        owner.write(new Token(9, 2, 1), StoredResult.ofCount(12), 0);
        Batch returning = Containers.rows(PEOPLE, people(3, 5));
        owner.write(new Token(9, 3, 1), new StoredResult(2, returning, List.of(1, 0)), 0);
        restart();

        assertEquals(11, reader(0).findResult(new Token(9, 1, 1)).orElseThrow().updateCount());
        StoredResult large = reader(0).findResult(new Token(9, 3, 1)).orElseThrow();
        assertEquals(List.of(1, 0), large.rowPositions());
        assertEquals(Readings.rows(returning), Readings.rows(large.returning()));
        assertEquals(1, reader(0).trimmedBelow(9));

        owner.write(new Token(9, 5, 3), StoredResult.ofCount(15), 0);
        assertEquals(Optional.empty(), reader(0).findResult(new Token(9, 2, 1)));
        assertTrue(reader(0).findResult(new Token(9, 3, 3)).isPresent());
        assertEquals(3, reader(0).trimmedBelow(9));
        owner.write(new Token(9, 6, 6), StoredResult.ofCount(16), 0);
        assertEquals(Optional.empty(), reader(0).findResult(new Token(9, 3, 3)));
        assertEquals(Optional.empty(), reader(0).findResult(new Token(10, 1, 1)));
    }

    @Test
    void sessionWithManyUnfinishedStatementsKeepsAllResults() {
        for (int sequence = 1; sequence <= 200; sequence++) {
            owner.write(new Token(9, sequence, 1), StoredResult.ofCount(sequence), 0);
        }
        restart();

        for (int sequence = 1; sequence <= 200; sequence++) {
            assertEquals(
                    sequence,
                    reader(0)
                            .findResult(new Token(9, sequence, 1))
                            .orElseThrow()
                            .updateCount());
        }
        owner.write(new Token(9, 201, 150), StoredResult.ofCount(0), 0);
        assertEquals(Optional.empty(), reader(0).findResult(new Token(9, 149, 1)));
        assertTrue(reader(0).findResult(new Token(9, 150, 1)).isPresent());
    }

    @Test
    void idleSessionIsForgottenByCommitTime() {
        Batch returning = Containers.rows(PEOPLE, people(3, 5));
        for (int session = 1; session <= 200; session++) {
            owner.write(new Token(session, 1, 1), new StoredResult(2, returning, List.of()), 0);
        }
        owner.advanceMillis(9 * 60_000);
        owner.write(new Token(300, 1, 1), StoredResult.ofCount(1), 0);
        assertTrue(reader(0).findResult(new Token(7, 1, 1)).isPresent());

        owner.advanceMillis(2 * 60_000);
        for (int sequence = 2; sequence < 12; sequence++) {
            owner.write(new Token(300, sequence, 1), StoredResult.ofCount(1), 0);
        }

        assertEquals(Optional.empty(), reader(0).findResult(new Token(7, 1, 1)));
        assertEquals(0, reader(0).trimmedBelow(7));
        assertTrue(reader(0).findResult(new Token(300, 1, 1)).isPresent());
    }

    @Test
    void countersKeepWhatIsReserved() {
        owner.write(0, new Operation.DefineContainer(PEOPLE), new Operation.ReserveCounter(5, 0, 100));
        owner.write(0, new Operation.ReserveCounter(5, 2, -50));
        restart();

        assertEquals(100, reader(0).counter(5, 0));
        assertEquals(-50, reader(0).counter(5, 2));
        assertEquals(0, reader(0).counter(5, 1));
    }

    @Test
    void largeRowsComeInSmallBatches() {
        String text = "x".repeat(1_500_000);
        writePeople(0, 0, 1);
        owner.write(
                0,
                put(
                        PEOPLE,
                        IntStream.range(0, 8)
                                .mapToObj(i -> List.<Object>of((long) i, text, 1.0))
                                .toList()));

        int batches = 0;
        int rows = 0;
        try (BatchCursor cursor = reader(0).scan(ScanRequest.all(5, List.of(2)))) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                batches++;
                rows += batch.rowCount();
            }
        }

        assertEquals(8, rows);
        assertTrue(batches >= 2);
        restart();
        assertEquals(8, Readings.scan(reader(0), ScanRequest.all(5, List.of(1))).size());
    }

    @Test
    void entryOutOfOrderStopsTheStore() {
        writePeople(0, 0, 1);
        var skipped = owner.entries(null, null, Map.of(1, List.of()));
        var next = owner.entries(null, null, Map.of(1, List.of()));

        assertThrows(TrellisException.class, () -> owner.store().apply(next));
        TrellisException stopped =
                assertThrows(TrellisException.class, () -> owner.store().apply(skipped));

        assertEquals(ErrorCode.INTERNAL, stopped.code());
        assertThrows(TrellisException.class, () -> owner.store().requireWritable());
    }

    @Test
    void keyRangesIncludeTheirBeginningAndNotTheirEnd() {
        writePeople(0, 0, 10);
        List<byte[]> keys = keys(0, 10);

        ScanRequest middle = new ScanRequest(
                5, List.of(1), new ScanRequest.Access.Primary(new KeyRange(keys.get(3), keys.get(6))), true, 2, true);

        assertEquals(
                List.of(
                        List.of(5L, HexFormat.of().formatHex(keys.get(5))),
                        List.of(4L, HexFormat.of().formatHex(keys.get(4)))),
                Readings.scan(reader(0), middle));
        assertArrayEquals(keys.get(3), RowKeys.codec(PEOPLE).encodeValues(List.of(3L)));
    }

    @Test
    void readersNeverSeeARowUnderAKeyThatItDoesNotHave() throws Exception {
        writePeople(0, 0, 50);
        byte[] some = new KeyCodec(List.of(KeyCodec.KeyPart.ascending(DataType.VARCHAR))).encodeValues(List.of("even"));
        ScanRequest even = new ScanRequest(
                5,
                List.of(2),
                new ScanRequest.Access.Index(500, new KeyRange(some, KeyCodec.successor(some))),
                false,
                ScanRequest.NO_LIMIT,
                false);
        AtomicBoolean isDone = new AtomicBoolean();
        List<Object> wrong = Collections.synchronizedList(new ArrayList<>());
        Thread scanner = new Thread(() -> {
            while (!isDone.get()) {
                Readings.scan(reader(0), even).stream()
                        .filter(row -> !row.get(0).equals("even"))
                        .forEach(wrong::add);
            }
        });
        scanner.start();
        for (int round = 0; round < 150; round++) {
            String name = round % 2 == 0 ? "even" : "odd";
            owner.write(
                    0,
                    put(
                            PEOPLE,
                            LongStream.range(0, 50)
                                    .mapToObj(id -> List.<Object>of(id, name, 1.0))
                                    .toList()));
        }
        isDone.set(true);
        scanner.join();

        assertEquals(List.of(), wrong);
    }

    @Test
    void sweepingEndsWhenNothingIsLeft() {
        writePeople(0, 0, 500);
        owner.write(0, new Operation.DropContainer(5));

        assertEquals(300, owner.store().sweep(300));
        assertEquals(700, owner.store().sweep(10_000));
        assertEquals(0, owner.store().sweep(10_000));
    }

    @Test
    void randomWorkloadAgreesWithAPlainModel() {
        new SeededSuite("store-model", 2, 0.05).run(random -> {
            owner.store().close();
            owner = new TestOwner(create());
            RandomWorkload workload = new RandomWorkload(random, PARTITIONS);
            for (int round = 0; round < 8; round++) {
                for (int step = 0; step < 60; step++) {
                    workload.step(owner);
                }
                workload.check(owner);
                if (random.nextBoolean()) {
                    owner.store().checkpoint();
                }
                restart();
                workload.check(owner);
            }
        });
    }
}
