package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.ScanRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one partition should hold after the operations of its log, in plain maps. Confined to one thread. */
final class StoreModel {
    private final Map<Long, ModelContainer> containers = new TreeMap<>();
    private final Set<Long> dropped = new TreeSet<>();
    private final Map<Long, Map<Integer, Long>> counters = new HashMap<>();
    private final Map<Long, IndexDescriptor.State> indexStates = new HashMap<>();

    void apply(List<Operation> operations) {
        operations.forEach(this::apply);
    }

    private void apply(Operation operation) {
        if (operation instanceof Operation.DefineContainer define) {
            define(define.descriptor());
        } else if (operation instanceof Operation.ReserveCounter reserve) {
            counters.computeIfAbsent(reserve.containerId(), id -> new HashMap<>())
                    .put(reserve.columnId(), reserve.upTo());
        } else if (operation instanceof Operation.SetIndexState set) {
            indexStates.put(set.indexId(), set.state());
        } else {
            ModelContainer container = containers.get(operation.containerId());
            if (container != null) {
                change(container, operation);
            }
        }
    }

    private void define(ContainerDescriptor descriptor) {
        ModelContainer known = containers.get(descriptor.id());
        if (known == null) {
            containers.put(descriptor.id(), new ModelContainer(descriptor));
            dropped.remove(descriptor.id());
        } else if (known.descriptor().version() < descriptor.version()) {
            known.define(descriptor);
        }
        for (IndexDescriptor index : descriptor.indexes()) {
            indexStates.merge(index.id(), index.state(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }

    private void change(ModelContainer container, Operation operation) {
        if (operation instanceof Operation.PutRows put) {
            put(container, put);
        } else if (operation instanceof Operation.DeleteRows delete) {
            delete.rowKeys().forEach(container::delete);
        } else if (operation instanceof Operation.Truncate) {
            container.truncate();
        } else if (operation instanceof Operation.RaiseFloor raise) {
            container.raiseFloor(raise.timestamp());
        } else if (operation instanceof Operation.DropContainer) {
            containers.remove(operation.containerId());
            counters.remove(operation.containerId());
            dropped.add(operation.containerId());
        }
    }

    private static void put(ModelContainer container, Operation.PutRows put) {
        for (int row = 0; row < put.rows().rowCount(); row++) {
            container.put(put.rowKeys().get(row), put.rows().row(row));
        }
    }

    int rows() {
        return containers.values().stream().mapToInt(ModelContainer::size).sum();
    }

    /** Compares all of it with a partition, which must be idle; a few reads are chosen at random. */
    void check(PartitionStore store, RandomGenerator random) {
        List<String> complaints = store.verify();
        assertEquals(List.of(), complaints.subList(0, Math.min(3, complaints.size())));
        for (long id : dropped) {
            assertEquals(0, store.reader().schemaVersion(id));
            assertEquals(List.of(), Readings.scan(store.reader(), ScanRequest.all(id, List.of(1))));
        }
        containers.values().forEach(container -> check(store.reader(), container, random));
    }

    private void check(PartitionReader reader, ModelContainer model, RandomGenerator random) {
        ContainerDescriptor descriptor = model.descriptor();
        long id = descriptor.id();
        List<Integer> columns =
                descriptor.columns().stream().map(ColumnDescriptor::id).toList();
        assertEquals(descriptor.version(), reader.schemaVersion(id), descriptor.name());
        checkScan(reader, model, columns, KeyRange.ALL, false, ScanRequest.NO_LIMIT);
        KeyRange range = randomRange(model.keys(), random);
        checkScan(reader, model, columns.subList(0, 2), range, random.nextBoolean(), 1 + random.nextInt(5000));
        if (descriptor.kind() == ContainerKind.COLLECTION) {
            assertEquals(model.size(), reader.estimateRows(id), descriptor.name());
        }
        counters.getOrDefault(id, Map.of())
                .forEach((column, upTo) -> assertEquals(upTo, reader.counter(id, column), descriptor.name()));
        checkGets(reader, model, columns, random);
        for (IndexDescriptor index : descriptor.indexes()) {
            if (indexStates.get(index.id()) == IndexDescriptor.State.PUBLIC) {
                checkIndex(reader, model, index, columns);
            }
        }
    }

    private static void checkScan(
            PartitionReader reader,
            ModelContainer model,
            List<Integer> columns,
            KeyRange range,
            boolean descending,
            long limit) {
        ScanRequest request = new ScanRequest(
                model.descriptor().id(), columns, new ScanRequest.Access.Primary(range), descending, limit, true);
        requireEqual(model.rows(range, descending, limit, columns), Readings.scan(reader, request), model);
    }

    /** The first difference, since whole lists of rows say nothing. */
    private static void requireEqual(
            List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual, ModelContainer model) {
        for (int row = 0; row < Math.min(expected.size(), actual.size()); row++) {
            assertEquals(
                    expected.get(row),
                    actual.get(row),
                    model.descriptor().name() + ", row " + row + " of " + expected.size() + ", found " + actual.size());
        }
        assertEquals(
                expected.size(), actual.size(), "rows of " + model.descriptor().name());
    }

    private static KeyRange randomRange(List<byte[]> keys, RandomGenerator random) {
        byte[] from = keys.isEmpty() || random.nextInt(5) == 0 ? null : keys.get(random.nextInt(keys.size()));
        byte[] to = keys.isEmpty() || random.nextInt(5) == 0 ? null : keys.get(random.nextInt(keys.size()));
        return new KeyRange(from, to);
    }

    private static void checkGets(
            PartitionReader reader, ModelContainer model, List<Integer> columns, RandomGenerator random) {
        List<byte[]> existing = model.keys();
        if (existing.isEmpty()) {
            return;
        }
        List<byte[]> asked = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            byte[] key = existing.get(random.nextInt(existing.size()));
            asked.add(key);
            byte[] above = java.util.Arrays.copyOf(key, key.length + 1);
            expected.addAll(model.rows(new KeyRange(key, above), false, 1, columns));
        }
        Batch found = reader.get(model.descriptor().id(), asked, columns, true);
        assertEquals(expected, Readings.rows(found), model.descriptor().name());
        byte[] some = asked.get(0);
        assertTrue(reader.exists(model.descriptor().id(), some), () -> HexFormat.of()
                .formatHex(some));
    }

    private static void checkIndex(
            PartitionReader reader, ModelContainer model, IndexDescriptor index, List<Integer> columns) {
        ScanRequest request = new ScanRequest(
                model.descriptor().id(),
                columns,
                new ScanRequest.Access.Index(index.id(), KeyRange.ALL),
                false,
                ScanRequest.NO_LIMIT,
                true);
        requireEqual(
                model.rowsByIndex(index, KeyRange.ALL, false, ScanRequest.NO_LIMIT, columns),
                Readings.scan(reader, request),
                model);
    }
}
