package io.trellisdb.storage.table;

import io.trellisdb.common.token.Token;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.HashSet;
import java.util.Set;

/**
 * Applies entries to a partition, between {@link #begin} and {@link #finish}, which puts all they leave into the caller's
 * round; {@link #committed} follows the round's commit. Entries that only reach windows of time series leave nothing: what
 * they change besides waits for the next entry, or the next sealing, that does. Changed by one thread at a time.
 */
final class PartitionApplier {
    /** Sessions whose results wait in memory; with more of them they are stored. */
    private static final int MAX_UNSTORED_SESSIONS = 1000;

    private final PartitionState partition;
    private final RowWriter rows;
    private final SeriesRowWriter seriesRows;
    private final ContainerChanges containers;
    private final SessionResults results;
    private final Set<ContainerState> changed = new HashSet<>();
    private Position position;
    private Position stored;
    private int storedNextSlot;
    private boolean isBegun;

    PartitionApplier(
            PartitionState partition,
            RowWriter rows,
            SeriesRowWriter seriesRows,
            ContainerChanges containers,
            SessionResults results) {
        this.partition = partition;
        this.rows = rows;
        this.seriesRows = seriesRows;
        this.containers = containers;
        this.results = results;
        this.position = partition.position();
        this.stored = position;
        this.storedNextSlot = partition.nextSlot();
    }

    boolean isBegun() {
        return isBegun;
    }

    void begin(PartitionRound round) {
        isBegun = true;
        position = partition.position();
        partition.advanceStamp();
        partition.series().begin(round);
    }

    /** Applies the partition's next entry, whose chain hash is {@code hash}. */
    void apply(Round round, JournalEntry entry, long hash) {
        if (entry.lsn() != position.lsn() + 1) {
            throw new IllegalStateException("entry does not follow the applied ones: partition " + partition.partition()
                    + ", applied " + position.lsn() + ", entry " + entry.lsn());
        }
        switch (entry.kind()) {
            case OPERATIONS, BARRIER -> {
                for (Operation operation : entry.operations()) {
                    apply(round, entry.lsn(), operation);
                }
            }
            default -> throw new IllegalStateException("entry of this kind cannot be applied: " + entry.kind());
        }
        Token token = entry.token();
        StoredResult result = entry.result();
        if (token != null && result != null) {
            results.add(round, token, result, entry.commitTimestamp());
        }
        position = new Position(entry.lsn(), entry.term(), hash, entry.commitTimestamp(), position.replayFrom());
    }

    private void apply(Round round, long lsn, Operation operation) {
        if (operation instanceof Operation.DefineContainer define) {
            containers.define(round, lsn, define.descriptor());
            return;
        }
        ContainerState container = partition.findContainer(operation.containerId());
        if (operation instanceof Operation.ReserveCounter reserve) {
            containers.reserve(round, reserve);
        } else if (container == null) {
            requireHarmless(lsn, operation);
        } else {
            apply(round, lsn, container, operation);
        }
    }

    /**
     * What changes a container that is gone already changes nothing. Rows of an unknown one are a defect, unless an image was
     * copied after the container was dropped and before this entry's turn.
     */
    private void requireHarmless(long lsn, Operation operation) {
        if (operation instanceof Operation.PutRows && !partition.isCatchingUp(lsn)) {
            throw new IllegalStateException("rows of a container that is not defined: " + operation.containerId());
        }
    }

    private void apply(Round round, long lsn, ContainerState container, Operation operation) {
        TimeSeries series = container.series();
        if (operation instanceof Operation.PutRows put) {
            if (series == null) {
                rows.put(round, container, put);
            } else {
                seriesRows.put(round, lsn, container, series, put);
            }
            changed.add(container);
        } else if (operation instanceof Operation.DeleteRows delete) {
            if (series == null) {
                rows.delete(round, container, delete.rowKeys());
            } else {
                seriesRows.delete(round, lsn, container, series, delete.rowKeys());
            }
            changed.add(container);
        } else if (operation instanceof Operation.Truncate) {
            containers.truncate(round, lsn, container);
            changed.add(container);
        } else if (operation instanceof Operation.DropContainer) {
            containers.drop(round, container);
            changed.remove(container);
        } else if (operation instanceof Operation.SetIndexState set) {
            containers.setIndexState(round, container, set);
        } else if (operation instanceof Operation.RaiseFloor raise) {
            raiseFloor(round, container, raise.timestamp());
        }
    }

    private void raiseFloor(Round round, ContainerState container, long timestamp) {
        TimeSeries series = container.series();
        if (series == null) {
            throw new IllegalStateException("floor of a container that is not a time series: "
                    + container.shape().descriptor().id());
        }
        if (seriesRows.raiseFloor(round, container, series, timestamp)) {
            containers.storeFloor(round, container, timestamp);
            changed.add(container);
        }
    }

    /** Puts rows of an entry that is applied already into windows again, as far as they are in no block. */
    void refill(JournalEntry entry) {
        for (Operation operation : entry.operations()) {
            ContainerState container = partition.findContainer(operation.containerId());
            TimeSeries series = container == null ? null : container.series();
            boolean isOfThisSlot = container != null
                    && entry.lsn() >= container.shape().record().sinceLsn();
            if (container != null && series != null && isOfThisSlot) {
                refill(entry.lsn(), container.shape(), series, operation);
            }
        }
    }

    private static void refill(long lsn, Shape shape, TimeSeries series, Operation operation) {
        if (operation instanceof Operation.PutRows put) {
            boolean isFromBefore =
                    lsn == shape.record().sinceLsn() && !shape.versions().containsKey(put.schemaVersion());
            if (!isFromBefore) {
                RowVersion version = shape.require(put.schemaVersion());
                series.put(lsn, true, version.descriptor(), put.rows(), put.rowKeys());
            }
        } else if (operation instanceof Operation.DeleteRows delete) {
            series.delete(lsn, true, delete.rowKeys());
        } else if (operation instanceof Operation.Truncate || operation instanceof Operation.DropContainer) {
            series.clearWindows();
        }
    }

    /** Counts the rows of all time series. */
    void recount() {
        for (ContainerState container : partition.containers().values()) {
            TimeSeries series = container.series();
            if (series != null) {
                container.rows(series.countRows());
                changed.add(container);
            }
        }
    }

    /** Puts what the entries changed beside rows, blocks and descriptors; {@code isForced} even if nothing else was put. */
    void finish(PartitionRound round, boolean isForced) {
        boolean mustStore = round.isUsed() || results.unstored() > MAX_UNSTORED_SESSIONS || isForced;
        if (!mustStore) {
            return;
        }
        position = position.replayedFrom(partition.series().replayFrom(position.lsn()));
        results.finish(round, position.commitTimestamp());
        for (ContainerState container : changed) {
            if (container.takeNewCount()) {
                byte[] key = StateKeys.rowCount(container.shape().rowSlot());
                round.put(partition.state(), key, PartitionState.encodeLong(container.rows()));
            }
        }
        changed.clear();
        if (partition.nextSlot() != storedNextSlot) {
            round.put(partition.state(), StateKeys.nextSlot(), PartitionState.encodeInt(partition.nextSlot()));
            storedNextSlot = partition.nextSlot();
        }
        round.put(partition.state(), StateKeys.position(), position.encode());
        stored = position;
    }

    /** Whether what is stored is older than what is applied. */
    boolean isBehind() {
        return stored.lsn() != partition.position().lsn();
    }

    /** Up to where stored data needs no log any more. */
    long coveredLsn() {
        return stored.coveredLsn();
    }

    /** Shows the applied position. */
    void committed() {
        isBegun = false;
        partition.series().end();
        partition.position(position);
        partition.advanceStamp();
        containers.committed();
    }
}
