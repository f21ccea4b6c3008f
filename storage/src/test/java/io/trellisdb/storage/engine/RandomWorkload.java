package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.ScanRequest;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random changes of a few containers in every partition, made to a store and to a model alike. Everything random comes from
 * the seed.
 */
final class RandomWorkload {
    private static final int CONTAINERS = 6;
    /** Containers from this number on are time series. */
    private static final int FIRST_SERIES = 4;

    private static final LocalDateTime START = LocalDateTime.of(2024, 2, 28, 23, 59, 0);
    private static final double[] DOUBLES = {0.0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY};
    private static final String[] WORDS = {"", "a", "ab", "b\0c", "größe", "z".repeat(40), "\uFFFF"};

    private final Random random;
    private final int partitions;
    private final Map<Long, ModelContainer> models = new HashMap<>();
    private final Map<Long, Long> counters = new HashMap<>();
    /** How often each container was dropped. */
    private final Map<Long, Integer> lives = new HashMap<>();

    private long nextRowId = 1;
    private long nextIndexId = 1000;
    private int clockMillis;

    RandomWorkload(Random random, int partitions) {
        this.random = random;
        this.partitions = partitions;
    }

    /** Ids are used once: a container that comes again has another one. */
    private long id(int partition, int number) {
        long key = key(partition, number);
        return key + 1_000_000L * lives.getOrDefault(key, 0);
    }

    private static long key(int partition, int number) {
        return partition * 100L + number;
    }

    /** One statement over one or two partitions. */
    void step(TestOwner owner) {
        Map<Integer, List<Operation>> parts = new HashMap<>();
        int partition = random.nextInt(partitions);
        parts.put(partition, operations(partition));
        if (random.nextInt(4) == 0) {
            int second = (partition + 1) % partitions;
            parts.putIfAbsent(second, operations(second));
        }
        owner.write(null, null, parts);
        switch (random.nextInt(60)) {
            case 0 -> owner.store().compact();
            case 1, 2 -> owner.store().sweep(100);
            case 3 -> owner.store().checkpoint();
            default -> {}
        }
    }

    private List<Operation> operations(int partition) {
        List<Operation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            operations.add(operation(partition, 1 + random.nextInt(CONTAINERS)));
        }
        return operations;
    }

    private Operation operation(int partition, int number) {
        long id = id(partition, number);
        ModelContainer model = models.get(id);
        if (model == null) {
            ContainerDescriptor created = create(id, number);
            models.put(id, new ModelContainer(created));
            return new Operation.DefineContainer(created);
        }
        int choice = random.nextInt(100);
        if (choice < 60) {
            return put(model);
        }
        if (choice < 85) {
            return delete(model);
        }
        if (choice < 90) {
            return change(model);
        }
        if (choice < 92) {
            model.truncate();
            return new Operation.Truncate(id);
        }
        if (choice < 93) {
            models.remove(id);
            counters.remove(id);
            lives.merge(key(partition, number), 1, Integer::sum);
            return new Operation.DropContainer(id);
        }
        if (choice < 95 && number >= FIRST_SERIES && model.size() > 0) {
            List<byte[]> keys = model.keys();
            long floor = model.timestamp(keys.get(random.nextInt(keys.size())));
            model.raiseFloor(floor);
            return new Operation.RaiseFloor(id, floor);
        }
        long upTo = counters.merge(id, 1L + random.nextInt(50), Long::sum);
        return new Operation.ReserveCounter(id, 0, upTo);
    }

    /** Keys (word, time), (time descending) and (amount, time). */
    private ContainerDescriptor createSeries(long id, int number) {
        List<ColumnDescriptor> columns = List.of(
                ColumnDescriptor.of(1, "word", DataType.VARCHAR, number == 5),
                ColumnDescriptor.of(2, "time", DataType.timestamp(3), false),
                ColumnDescriptor.of(3, "amount", DataType.DOUBLE, number != 6),
                ColumnDescriptor.of(4, "flag", DataType.BOOLEAN, true));
        List<KeyColumn> key =
                switch (number) {
                    case 4 -> List.of(KeyColumn.ascending(1), KeyColumn.ascending(2));
                    case 5 -> List.of(new KeyColumn(2, true));
                    default -> List.of(new KeyColumn(3, true), new KeyColumn(2, true));
                };
        List<IndexDescriptor> indexes = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            indexes.add(newIndex(State.PUBLIC, List.of(4, 1)));
        }
        return Containers.of(id, ContainerKind.TIME_SERIES, columns, key, indexes);
    }

    private ContainerDescriptor create(long id, int number) {
        if (number >= FIRST_SERIES) {
            return createSeries(id, number);
        }
        List<ColumnDescriptor> columns = List.of(
                ColumnDescriptor.of(1, "word", DataType.VARCHAR, false),
                ColumnDescriptor.of(2, "number", DataType.INTEGER, false),
                ColumnDescriptor.of(3, "amount", DataType.decimal(10, 2), true),
                ColumnDescriptor.of(4, "flag", DataType.BOOLEAN, true));
        List<KeyColumn> key = number == 1 ? List.of() : List.of(new KeyColumn(1, number == 3), KeyColumn.ascending(2));
        List<IndexDescriptor> indexes = new ArrayList<>();
        if (random.nextBoolean()) {
            indexes.add(newIndex(State.PUBLIC, List.of(3, 1)));
        }
        return Containers.of(id, ContainerKind.COLLECTION, columns, key, indexes);
    }

    private IndexDescriptor newIndex(State state, List<Integer> columnIds) {
        KeyColumn[] columns = columnIds.stream()
                .map(columnId -> new KeyColumn(columnId, random.nextBoolean()))
                .toArray(KeyColumn[]::new);
        return Containers.index(nextIndexId++, random.nextBoolean(), state, columns);
    }

    private Operation put(ModelContainer model) {
        ContainerDescriptor descriptor = model.descriptor();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int many = random.nextInt(8) == 0 ? 3000 : 300;
        int count = random.nextInt(10) == 0 ? many : 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            rows.add(row(descriptor));
        }
        Batch batch = Containers.rows(descriptor, rows);
        List<byte[]> keys = descriptor.hasPrimaryKey()
                ? RowKeys.ofRows(descriptor, batch)
                : IntStream.range(0, count).mapToObj(i -> newRowId(model)).toList();
        for (int i = 0; i < count; i++) {
            model.put(keys.get(i), rows.get(i));
        }
        return new Operation.PutRows(descriptor.id(), descriptor.version(), batch, keys);
    }

    private byte[] newRowId(ModelContainer model) {
        List<byte[]> keys = model.keys();
        return keys.isEmpty() || random.nextInt(3) > 0
                ? RowKeys.ofRowId(nextRowId++)
                : keys.get(random.nextInt(keys.size()));
    }

    private List<@Nullable Object> row(ContainerDescriptor descriptor) {
        List<@Nullable Object> row = new ArrayList<>();
        for (ColumnDescriptor column : descriptor.columns()) {
            row.add(column.nullable() && random.nextInt(4) == 0 ? null : value(column));
        }
        return row;
    }

    private Object value(ColumnDescriptor column) {
        return switch (column.type().kind()) {
            case VARCHAR -> WORDS[random.nextInt(WORDS.length)];
            case INTEGER -> random.nextInt(30) - 15;
            case DECIMAL -> BigDecimal.valueOf(random.nextInt(20), 2);
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case TIMESTAMP -> START.plus(nextMillis(), ChronoUnit.MILLIS);
            default -> throw new IllegalStateException("no values of this type: " + column.type());
        };
    }

    /** Mostly later than all before, sometimes late, sometimes very late. */
    private int nextMillis() {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextInt(clockMillis + 1);
            case 1, 2 -> Math.max(0, clockMillis - random.nextInt(50));
            default -> clockMillis += random.nextInt(3);
        };
    }

    private Operation delete(ModelContainer model) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> existing = model.keys();
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
            keys.add(
                    existing.isEmpty() || random.nextInt(10) == 0
                            ? RowKeys.ofRowId(-1 - random.nextInt(5))
                            : existing.get(random.nextInt(existing.size())));
        }
        keys.forEach(model::delete);
        return new Operation.DeleteRows(model.descriptor().id(), keys);
    }

    /** Adds or drops a column that is in no key, or adds or drops an index. */
    private Operation change(ModelContainer model) {
        ContainerDescriptor descriptor = model.descriptor();
        List<ColumnDescriptor> columns = new ArrayList<>(descriptor.columns());
        List<IndexDescriptor> indexes = new ArrayList<>(descriptor.indexes());
        int nextColumnId = descriptor.nextColumnId();
        switch (random.nextInt(4)) {
            case 0 -> {
                Object absent = random.nextBoolean() ? null : (Object) 7;
                columns.add(new ColumnDescriptor(
                        nextColumnId, "added" + nextColumnId, DataType.INTEGER, true, null, absent, null));
                nextColumnId++;
            }
            case 1 -> {
                ColumnDescriptor last = columns.get(columns.size() - 1);
                boolean isIndexed = indexes.stream()
                        .flatMap(index -> index.columns().stream())
                        .anyMatch(key -> key.columnId() == last.id());
                if (columns.size() > 3 && !isIndexed) {
                    columns.remove(last);
                }
            }
            // arrives finished: it must hold the rows that are there
            case 2 ->
                indexes.add(newIndex(
                        State.PUBLIC, List.of(columns.get(columns.size() - 1).id(), 2)));
            default -> {
                if (!indexes.isEmpty()) {
                    indexes.remove(random.nextInt(indexes.size()));
                }
            }
        }
        ContainerDescriptor changed = descriptor
                .change()
                .columns(columns, nextColumnId)
                .indexes(indexes)
                .build();
        model.define(changed);
        return new Operation.DefineContainer(changed);
    }

    /** Compares everything, and a few random ranges. */
    void check(TestOwner owner) {
        for (int partition = 0; partition < partitions; partition++) {
            assertEquals(List.of(), owner.store().partition(partition).verify());
            PartitionReader reader = owner.store().partition(partition).reader();
            for (int number = 1; number <= CONTAINERS; number++) {
                long id = id(partition, number);
                ModelContainer model = models.get(id);
                if (model == null) {
                    assertEquals(0, reader.schemaVersion(id));
                    assertEquals(List.of(), Readings.scan(reader, ScanRequest.all(id, List.of(1))));
                } else {
                    check(reader, model);
                }
            }
        }
    }

    private void check(PartitionReader reader, ModelContainer model) {
        ContainerDescriptor descriptor = model.descriptor();
        long id = descriptor.id();
        assertEquals(descriptor.version(), reader.schemaVersion(id));
        assertEquals(model.size(), reader.estimateRows(id));
        assertEquals(counters.getOrDefault(id, 0L), reader.counter(id, 0));
        List<Integer> columnIds =
                descriptor.columns().stream().map(ColumnDescriptor::id).toList();
        checkScan(reader, model, columnIds, KeyRange.ALL, ScanRequest.NO_LIMIT);
        checkScan(reader, model, List.of(2), randomRange(model.keys()), 1 + random.nextInt(10));
        checkGets(reader, model, columnIds);
        for (IndexDescriptor index : descriptor.indexes()) {
            checkIndex(reader, model, index, columnIds);
        }
        if (descriptor.kind() == ContainerKind.TIME_SERIES) {
            new SeriesAnswers(random, reader, model).check(columnIds);
        }
    }

    private void checkScan(
            PartitionReader reader, ModelContainer model, List<Integer> columnIds, KeyRange range, long limit) {
        for (boolean descending : new boolean[] {false, true}) {
            ScanRequest request = new ScanRequest(
                    model.descriptor().id(), columnIds, new ScanRequest.Access.Primary(range), descending, limit, true);
            assertEquals(model.rows(range, descending, limit, columnIds), Readings.scan(reader, request));
        }
    }

    private KeyRange randomRange(List<byte[]> keys) {
        byte[] from = keys.isEmpty() || random.nextInt(5) == 0 ? null : keys.get(random.nextInt(keys.size()));
        byte[] to = keys.isEmpty() || random.nextInt(5) == 0 ? null : keys.get(random.nextInt(keys.size()));
        return new KeyRange(from, to);
    }

    private void checkGets(PartitionReader reader, ModelContainer model, List<Integer> columnIds) {
        List<byte[]> existing = model.keys();
        List<byte[]> asked = new ArrayList<>(List.of(RowKeys.ofRowId(-77)));
        for (int i = 0; i < Math.min(existing.size(), 5); i++) {
            asked.add(existing.get(random.nextInt(existing.size())));
        }
        List<Object> expected = new ArrayList<>();
        for (byte[] key : asked) {
            boolean isThere = existing.stream().anyMatch(each -> java.util.Arrays.equals(each, key));
            assertEquals(isThere, reader.exists(model.descriptor().id(), key));
            if (isThere) {
                byte[] above = java.util.Arrays.copyOf(key, key.length + 1);
                expected.addAll(model.rows(new KeyRange(key, above), false, 1, columnIds));
            }
        }
        Batch found = reader.get(model.descriptor().id(), asked, columnIds, true);
        assertEquals(expected, Readings.rows(found));
    }

    private void checkIndex(
            PartitionReader reader, ModelContainer model, IndexDescriptor index, List<Integer> columnIds) {
        List<byte[]> indexKeys = model.keys().stream()
                .map(key -> model.indexKey(index, model.row(key)))
                .toList();
        KeyRange some = randomRange(indexKeys);
        for (KeyRange range : List.of(KeyRange.ALL, some)) {
            boolean descending = random.nextBoolean();
            long limit = random.nextBoolean() ? ScanRequest.NO_LIMIT : 7;
            ScanRequest request = new ScanRequest(
                    model.descriptor().id(),
                    columnIds,
                    new ScanRequest.Access.Index(index.id(), range),
                    descending,
                    limit,
                    true);
            assertEquals(model.rowsByIndex(index, range, descending, limit, columnIds), Readings.scan(reader, request));
        }
        if (!indexKeys.isEmpty()) {
            byte[] indexKey = indexKeys.get(random.nextInt(indexKeys.size()));
            Optional<byte[]> found = reader.findByUniqueIndex(model.descriptor().id(), index.id(), indexKey);
            String row = HexFormat.of().formatHex(found.orElseThrow());
            KeyRange exactly = new KeyRange(indexKey, KeyCodec.successor(indexKey));
            assertTrue(model.rowsByIndex(index, exactly, false, Long.MAX_VALUE, List.of()).stream()
                    .anyMatch(each -> row.equals(each.get(0))));
        }
    }
}
