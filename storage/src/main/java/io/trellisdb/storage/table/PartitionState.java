package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.ContainerCodec;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.timeseries.SeriesPartition;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one partition share: its keyspaces, and in memory all that readers need besides rows. Changed by the
 * partition's writer thread only, except {@link #garbage}.
 */
final class PartitionState {
    private final int partition;
    private final Keyspace rows;
    private final Keyspace indexes;
    private final Keyspace state;
    private final SeriesPartition series;
    private final RowVersions rowVersions;
    private final ConcurrentMap<Long, ContainerState> containers = new ConcurrentHashMap<>();
    private final Queue<Garbage> garbage = new ConcurrentLinkedQueue<>();
    private volatile Position position = Position.BEGINNING;
    private @Nullable InstallRecord install;
    private LogBeginning logBeginning = LogBeginning.FIRST;
    /** Odd while a round changes rows and entries; readers that saw it change look twice. */
    private volatile long stamp;
    /** Confined to the writer thread. */
    private int nextSlot = 1;

    /** A slot whose rows or entries nobody uses any more. */
    record Garbage(KeyspaceKind kind, int slot) {
        byte[] encode() {
            return new byte[] {(byte) kind.code()};
        }

        static Garbage decode(int slot, byte[] value) {
            return new Garbage(KeyspaceKind.ofCode(value[0]), slot);
        }
    }

    private PartitionState(KeyspaceStore store, int partition, RowVersions rowVersions, SeriesPartition series) {
        this.partition = partition;
        this.rows = store.keyspace(KeyspaceKind.ROWS, partition);
        this.indexes = store.keyspace(KeyspaceKind.INDEXES, partition);
        this.state = store.keyspace(KeyspaceKind.STATE, partition);
        this.rowVersions = rowVersions;
        this.series = series;
    }

    /** Reads what the partition knows. */
    static PartitionState load(KeyspaceStore store, int partition, RowVersions rowVersions, SeriesPartition series) {
        PartitionState loaded = new PartitionState(store, partition, rowVersions, series);
        byte[] install = loaded.state.get(StateKeys.install());
        if (install != null) {
            loaded.install = InstallRecord.decode(partition, install);
            return loaded;
        }
        byte[] beginning = loaded.state.get(StateKeys.logBeginning());
        if (beginning != null) {
            loaded.logBeginning = LogBeginning.decode(beginning);
        }
        byte[] position = loaded.state.get(StateKeys.position());
        if (position != null) {
            loaded.position = Position.decode(position);
            loaded.loadSlots();
            loaded.loadContainers();
        }
        return loaded;
    }

    /** Reads what an image has brought, which nobody else sees yet. */
    static PartitionState loadInstalled(
            KeyspaceStore store, int partition, RowVersions rowVersions, SeriesPartition series) {
        PartitionState loaded = new PartitionState(store, partition, rowVersions, series);
        loaded.loadSlots();
        loaded.loadContainers();
        return loaded;
    }

    private void loadSlots() {
        byte[] next = state.get(StateKeys.nextSlot());
        if (next != null) {
            nextSlot = ByteReader.ofStored(next).readInt();
        }
        try (KeyCursor cursor = state.cursor()) {
            boolean isThere = cursor.seek(StateKeys.first(StateKeys.GARBAGE));
            while (isThere && StateKeys.isOf(StateKeys.GARBAGE, cursor.key())) {
                int slot = ByteReader.ofStored(cursor.key(), 1, Integer.BYTES).readInt();
                garbage.add(Garbage.decode(slot, cursor.value()));
                isThere = cursor.next();
            }
        }
    }

    private void loadContainers() {
        Map<Long, Map<Integer, RowVersion>> versions = loadVersions();
        Map<Integer, TimeSeries> bySlot = new HashMap<>();
        try (KeyCursor cursor = state.cursor()) {
            boolean isThere = cursor.seek(StateKeys.first(StateKeys.CONTAINER));
            while (isThere && StateKeys.isOf(StateKeys.CONTAINER, cursor.key())) {
                long id = ByteReader.ofStored(cursor.key(), 1, Long.BYTES).readLong();
                ContainerRecord record = ContainerRecord.decode(cursor.value());
                Shape shape = new Shape(record, versions.getOrDefault(id, Map.of()));
                ContainerState container = state(shape, storedRows(record.rowSlot()));
                containers.put(id, container);
                TimeSeries timeSeries = container.series();
                if (timeSeries != null) {
                    bySlot.put(record.rowSlot(), timeSeries);
                }
                isThere = cursor.next();
            }
        }
        series.load(bySlot);
    }

    private ContainerState state(Shape shape, long count) {
        return new ContainerState(shape, count, shape.isTimeSeries() ? newSeries(shape) : null);
    }

    /** The rows of a container in the slot of its shape. */
    TimeSeries newSeries(Shape shape) {
        return new TimeSeries(
                series, shape.rowSlot(), shape.descriptor(), shape.record().floor());
    }

    /** A container that has no rows yet. */
    ContainerState newContainer(Shape shape) {
        return state(shape, 0);
    }

    private Map<Long, Map<Integer, RowVersion>> loadVersions() {
        Map<Long, Map<Integer, RowVersion>> versions = new HashMap<>();
        try (KeyCursor cursor = state.cursor()) {
            boolean isThere = cursor.seek(StateKeys.first(StateKeys.DESCRIPTOR));
            while (isThere && StateKeys.isOf(StateKeys.DESCRIPTOR, cursor.key())) {
                ContainerDescriptor descriptor = ContainerCodec.decode(ByteReader.ofStored(cursor.value()));
                versions.computeIfAbsent(descriptor.id(), id -> new HashMap<>())
                        .put(descriptor.version(), rowVersions.share(descriptor));
                isThere = cursor.next();
            }
        }
        return versions;
    }

    private long storedRows(int slot) {
        byte[] count = state.get(StateKeys.rowCount(slot));
        return count == null ? 0 : ByteReader.ofStored(count).readLong();
    }

    static byte[] encodeLong(long number) {
        ByteWriter out = new ByteWriter(Long.BYTES);
        out.writeLong(number);
        return out.array();
    }

    static byte[] encodeInt(int number) {
        ByteWriter out = new ByteWriter(Integer.BYTES);
        out.writeInt(number);
        return out.array();
    }

    int partition() {
        return partition;
    }

    Keyspace rows() {
        return rows;
    }

    Keyspace indexes() {
        return indexes;
    }

    /** Where keys of a kind of garbage lie. */
    List<Keyspace> keyspacesOf(KeyspaceKind kind) {
        return switch (kind) {
            case ROWS -> List.of(rows);
            case INDEXES -> List.of(indexes);
            case BLOCKS, OVERLAYS -> List.of(series.blocks(), series.overlays());
            case STATE -> throw new IllegalStateException("state has no slots");
        };
    }

    Keyspace state() {
        return state;
    }

    /** What the time series of this partition share. */
    SeriesPartition series() {
        return series;
    }

    RowVersions rowVersions() {
        return rowVersions;
    }

    ConcurrentMap<Long, ContainerState> containers() {
        return containers;
    }

    @Nullable
    ContainerState findContainer(long containerId) {
        return containers.get(containerId);
    }

    /** Slots to be swept; safe everywhere. */
    Queue<Garbage> garbage() {
        return garbage;
    }

    /** The image that is being installed; then the partition holds nothing. */
    @Nullable
    InstallRecord install() {
        return install;
    }

    LogBeginning logBeginning() {
        return logBeginning;
    }

    /** Whether parts of what is to be applied are here already, because an image was copied while they came. */
    boolean isCatchingUp(long lsn) {
        return lsn <= logBeginning.usableFromLsn();
    }

    Position position() {
        return position;
    }

    void position(Position newPosition) {
        position = newPosition;
    }

    long stamp() {
        return stamp;
    }

    /** Called by the writer thread alone. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void advanceStamp() {
        stamp++;
    }

    int nextSlot() {
        return nextSlot;
    }

    int takeSlot() {
        return nextSlot++;
    }
}
