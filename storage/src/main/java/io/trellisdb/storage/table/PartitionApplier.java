package io.trellisdb.storage.table;

import io.trellisdb.common.token.Token;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.keyspace.Round;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies entries to a partition, between {@link #begin} and {@link #finish}, which puts all they leave into the caller's
 * round; {@link #committed} follows the round's commit. Confined to the partition's writer thread.
 */
final class PartitionApplier {
    private final PartitionState partition;
    private final RowWriter rows;
    private final ContainerChanges containers;
    private final SessionResults results;
    private final Set<ContainerState> changed = new HashSet<>();
    private final List<ContainerState> toSweep = new ArrayList<>();
    private Position position;
    private int storedNextSlot;
    private boolean isBegun;

    PartitionApplier(PartitionState partition, RowWriter rows, ContainerChanges containers, SessionResults results) {
        this.partition = partition;
        this.rows = rows;
        this.containers = containers;
        this.results = results;
        this.position = partition.position();
        this.storedNextSlot = partition.nextSlot();
    }

    boolean isBegun() {
        return isBegun;
    }

    void begin() {
        isBegun = true;
        position = partition.position();
        partition.advanceStamp();
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
                    apply(round, operation);
                }
            }
            default -> throw new IllegalStateException("entry of this kind cannot be applied: " + entry.kind());
        }
        Token token = entry.token();
        StoredResult result = entry.result();
        if (token != null && result != null) {
            results.add(round, token, result, entry.commitTimestamp());
        }
        position = new Position(entry.lsn(), entry.term(), hash, entry.commitTimestamp());
    }

    private void apply(Round round, Operation operation) {
        if (operation instanceof Operation.DefineContainer define) {
            containers.define(round, define.descriptor());
            return;
        }
        ContainerState container = partition.findContainer(operation.containerId());
        if (operation instanceof Operation.ReserveCounter reserve) {
            containers.reserve(round, reserve);
        } else if (container == null) {
            requireHarmless(operation);
        } else {
            apply(round, container, operation);
        }
    }

    /** What changes a container that is gone already changes nothing; rows of an unknown one are a defect. */
    private static void requireHarmless(Operation operation) {
        if (operation instanceof Operation.PutRows) {
            throw new IllegalStateException("rows of a container that is not defined: " + operation.containerId());
        }
    }

    private void apply(Round round, ContainerState container, Operation operation) {
        if (operation instanceof Operation.PutRows put) {
            rows.put(round, container, put);
            changed.add(container);
        } else if (operation instanceof Operation.DeleteRows delete) {
            rows.delete(round, container, delete.rowKeys());
            changed.add(container);
        } else if (operation instanceof Operation.Truncate) {
            containers.truncate(round, container);
            changed.add(container);
        } else if (operation instanceof Operation.DropContainer) {
            containers.drop(round, container);
            changed.remove(container);
            toSweep.remove(container);
        } else if (operation instanceof Operation.SetIndexState set) {
            containers.setIndexState(round, container, set);
        } else if (operation instanceof Operation.RaiseFloor raise) {
            if (containers.raiseFloor(round, container, raise.timestamp())) {
                toSweep.add(container);
            }
        }
    }

    /** Puts what the round's entries changed beside rows and descriptors. */
    void finish(Round round) {
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
    }

    /** Shows the applied position and returns containers whose rows under the floor are to be removed. */
    List<ContainerState> committed() {
        isBegun = false;
        partition.position(position);
        partition.advanceStamp();
        containers.committed();
        if (toSweep.isEmpty()) {
            return List.of();
        }
        List<ContainerState> sweep = List.copyOf(toSweep);
        toSweep.clear();
        return sweep;
    }
}
