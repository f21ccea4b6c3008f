package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.ContainerCodec;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.table.ContainerRecord.IndexRecord;
import io.trellisdb.storage.table.PartitionState.Garbage;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Defines, changes, empties and drops containers of a partition. Confined to the partition's writer thread. */
final class ContainerChanges {
    private final PartitionState partition;
    private final IndexBuild indexBuild;
    /** Thrown away in this round; swept only when the round is committed. */
    private final List<Garbage> newGarbage = new ArrayList<>();

    ContainerChanges(PartitionState partition, IndexBuild indexBuild) {
        this.partition = partition;
        this.indexBuild = indexBuild;
    }

    /** Takes over a descriptor, unless it or a newer one is known. */
    void define(Round round, long lsn, ContainerDescriptor descriptor) {
        ContainerState known = partition.findContainer(descriptor.id());
        if (known != null && known.shape().descriptor().version() >= descriptor.version()) {
            return;
        }
        ByteWriter bytes = new ByteWriter();
        ContainerCodec.encode(bytes, descriptor);
        byte[] key = StateKeys.descriptor(descriptor.id(), descriptor.version());
        round.put(partition.state(), key, bytes.toByteArray());
        RowVersion version = partition.rowVersions().share(descriptor);
        if (known == null) {
            create(round, lsn, descriptor, version);
        } else {
            change(round, known, descriptor, version);
        }
    }

    private void create(Round round, long lsn, ContainerDescriptor descriptor, RowVersion version) {
        int rowSlot = partition.takeSlot();
        List<IndexRecord> indexes = new ArrayList<>();
        for (IndexDescriptor index : descriptor.indexes()) {
            // without rows there is nothing to build
            indexes.add(new IndexRecord(index.id(), partition.takeSlot(), index.state()));
        }
        ContainerRecord record =
                new ContainerRecord(descriptor.version(), rowSlot, lsn, ContainerRecord.NO_FLOOR, indexes);
        Shape shape = new Shape(record, Map.of(descriptor.version(), version));
        round.put(partition.state(), StateKeys.container(descriptor.id()), record.encode());
        partition.containers().put(descriptor.id(), partition.newContainer(shape));
    }

    private void change(Round round, ContainerState container, ContainerDescriptor descriptor, RowVersion version) {
        Shape shape = container.shape();
        ContainerRecord before = shape.record();
        Map<Integer, RowVersion> versions = new HashMap<>(shape.versions());
        versions.put(descriptor.version(), version);
        List<IndexRecord> indexes = new ArrayList<>();
        List<Long> toBuild = new ArrayList<>();
        for (IndexDescriptor index : descriptor.indexes()) {
            IndexRecord known = before.findIndex(index.id()).orElse(null);
            if (known != null) {
                State state = later(known.state(), index.state());
                indexes.add(new IndexRecord(index.id(), known.slot(), state));
                continue;
            }
            indexes.add(new IndexRecord(index.id(), partition.takeSlot(), index.state()));
            if (index.state() == State.PUBLIC && container.rows() > 0) {
                toBuild.add(index.id());
            }
        }
        for (IndexRecord index : before.indexes()) {
            if (indexes.stream().noneMatch(kept -> kept.indexId() == index.indexId())) {
                discard(round, KeyspaceKind.INDEXES, index.slot());
            }
        }
        ContainerRecord record =
                new ContainerRecord(descriptor.version(), before.rowSlot(), before.sinceLsn(), before.floor(), indexes);
        Shape changed = new Shape(record, versions);
        TimeSeries series = container.series();
        if (series != null) {
            series.describe(descriptor);
        }
        for (long indexId : toBuild) {
            indexBuild.addAll(round, container, changed, changed.publicIndex(indexId));
        }
        store(round, container, changed);
    }

    /** A state that this partition has reached is not taken back by a descriptor from before. */
    private static State later(State known, State described) {
        if (known == State.FAILED || described == State.FAILED) {
            return State.FAILED;
        }
        return known.compareTo(described) >= 0 ? known : described;
    }

    private void store(Round round, ContainerState container, Shape shape) {
        byte[] key = StateKeys.container(shape.descriptor().id());
        round.put(partition.state(), key, shape.record().encode());
        container.shape(shape);
    }

    private void discard(Round round, KeyspaceKind kind, int slot) {
        Garbage garbage = new Garbage(kind, slot);
        round.put(partition.state(), StateKeys.garbage(slot), garbage.encode());
        newGarbage.add(garbage);
    }

    private void discardAll(Round round, Shape shape) {
        discard(round, shape.isTimeSeries() ? KeyspaceKind.BLOCKS : KeyspaceKind.ROWS, shape.rowSlot());
        round.delete(partition.state(), StateKeys.rowCount(shape.rowSlot()));
        for (IndexShape index : shape.indexes()) {
            discard(round, KeyspaceKind.INDEXES, index.slot());
        }
    }

    /** Gives the container new slots; the old ones are swept in the background. The floor stays. */
    void truncate(Round round, long lsn, ContainerState container) {
        Shape shape = container.shape();
        discardAll(round, shape);
        List<IndexRecord> indexes = new ArrayList<>();
        for (IndexShape index : shape.indexes()) {
            indexes.add(new IndexRecord(index.id(), partition.takeSlot(), index.state()));
        }
        ContainerRecord record = new ContainerRecord(
                shape.record().version(),
                partition.takeSlot(),
                lsn,
                shape.record().floor(),
                indexes);
        Shape emptied = new Shape(record, shape.versions());
        TimeSeries series = container.series();
        if (series != null) {
            series.forget();
            container.series(partition.newSeries(emptied));
        }
        store(round, container, emptied);
        container.rows(0);
    }

    void drop(Round round, ContainerState container) {
        Shape shape = container.shape();
        long id = shape.descriptor().id();
        discardAll(round, shape);
        TimeSeries series = container.series();
        if (series != null) {
            series.forget();
        }
        round.delete(partition.state(), StateKeys.container(id));
        for (int version : shape.versions().keySet()) {
            round.delete(partition.state(), StateKeys.descriptor(id, version));
        }
        for (int columnId = 0; columnId < shape.descriptor().nextColumnId(); columnId++) {
            round.delete(partition.state(), StateKeys.counter(id, columnId));
        }
        partition.containers().remove(id);
        partition.rowVersions().forget(id, shape.descriptor().version());
    }

    /** An index that becomes public without a backfill, as when the log is replayed after a crash, is built here. */
    void setIndexState(Round round, ContainerState container, Operation.SetIndexState set) {
        Shape shape = container.shape();
        ContainerRecord before = shape.record();
        List<IndexRecord> indexes = new ArrayList<>();
        boolean isToBuild = false;
        for (IndexRecord index : before.indexes()) {
            if (index.indexId() != set.indexId()) {
                indexes.add(index);
                continue;
            }
            indexes.add(new IndexRecord(index.indexId(), index.slot(), set.state()));
            isToBuild = set.state() == State.PUBLIC
                    && index.state() != State.PUBLIC
                    && !indexBuild.isFinished(index.indexId());
        }
        ContainerRecord record =
                new ContainerRecord(before.version(), before.rowSlot(), before.sinceLsn(), before.floor(), indexes);
        Shape changed = new Shape(record, shape.versions());
        if (isToBuild && container.rows() > 0) {
            indexBuild.addAll(round, container, changed, changed.publicIndex(set.indexId()));
        }
        store(round, container, changed);
    }

    void reserve(Round round, Operation.ReserveCounter reserve) {
        byte[] key = StateKeys.counter(reserve.containerId(), reserve.columnId());
        round.put(partition.state(), key, PartitionState.encodeLong(reserve.upTo()));
    }

    static long counter(PartitionState partition, long containerId, int columnId) {
        byte[] stored = partition.state().get(StateKeys.counter(containerId, columnId));
        return stored == null ? 0 : ByteReader.ofStored(stored).readLong();
    }

    /** Stores a floor that has risen. */
    void storeFloor(Round round, ContainerState container, long timestamp) {
        Shape shape = container.shape();
        ContainerRecord before = shape.record();
        ContainerRecord record =
                new ContainerRecord(before.version(), before.rowSlot(), before.sinceLsn(), timestamp, before.indexes());
        store(round, container, new Shape(record, shape.versions()));
    }

    void committed() {
        partition.garbage().addAll(newGarbage);
        newGarbage.clear();
    }
}
