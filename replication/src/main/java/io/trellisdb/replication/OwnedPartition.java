package io.trellisdb.replication;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.replication.lock.LockTable;
import io.trellisdb.replication.role.OwnerAction;
import io.trellisdb.replication.role.OwnerEvent;
import io.trellisdb.replication.role.OwnerRole;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.PartitionStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a partition keeps in memory: its role, its locks, the parts whose entries are under way, and what the log
 * already says about containers and row ids. Confined to the partition's writer.
 */
final class OwnedPartition {
    private final int number;
    private final PartitionReader reader;
    private final OwnerRole role;
    private final LockTable locks = new LockTable();
    private final int rowIdBlock;
    /** The newest descriptor version in the log by container, whether applied or not. */
    private final Map<Long, Integer> loggedVersions = new HashMap<>();

    private final Map<Long, RowIds> rowIds = new HashMap<>();
    private final Map<Long, StatementPart> partsByLsn = new HashMap<>();
    private final List<StatementPart> early = new ArrayList<>();

    OwnedPartition(PartitionStore store, Journal journal, int rowIdBlock) {
        this.number = store.partition();
        this.reader = store.reader();
        this.rowIdBlock = rowIdBlock;
        this.role = new OwnerRole(
                number, store.lastLsn(), store.lastHash(), store.lastCommitTimestamp(), journal::chainHash);
    }

    int number() {
        return number;
    }

    PartitionReader reader() {
        return reader;
    }

    LockTable locks() {
        return locks;
    }

    boolean serves() {
        return role.state() == OwnerRole.State.SERVING;
    }

    List<OwnerAction> step(OwnerEvent event) {
        return role.step(event);
    }

    /** Parts that arrived before the barrier was applied; bounded by the writer's admission. */
    List<StatementPart> early() {
        return early;
    }

    int loggedVersion(long containerId) {
        return loggedVersions.computeIfAbsent(containerId, reader::schemaVersion);
    }

    long nextRowId(long containerId) {
        return rowIds(containerId).next++;
    }

    /** Turns a sealed part into the next entry of the log. */
    List<OwnerAction> propose(StatementPart part, long timestamp) {
        List<Operation> operations = new ArrayList<>();
        addDefinition(part, operations);
        addReservations(part, operations);
        operations.addAll(part.operations());
        boolean hasToken = part.statement().token() != null;
        List<OwnerAction> actions = role.step(new OwnerEvent.Proposed(
                part.statement().token(), hasToken ? part.result() : null, operations, timestamp));
        partsByLsn.put(role.lastLsn(), part);
        forgetDropped(part);
        return actions;
    }

    /** Takes the part whose entry this is; it must be under way. */
    StatementPart take(long lsn) {
        StatementPart part = partsByLsn.remove(lsn);
        if (part == null) {
            throw new IllegalStateException("no statement is under way: partition " + number + ", LSN " + lsn);
        }
        return part;
    }

    private void addDefinition(StatementPart part, List<Operation> operations) {
        ContainerDescriptor definition = part.definition();
        if (definition != null && loggedVersion(definition.id()) < definition.version()) {
            operations.add(new Operation.DefineContainer(definition));
            loggedVersions.put(definition.id(), definition.version());
        }
    }

    /**
     * Reserves row ids at the append and not where they are drawn: a statement that fails after drawing some must not take
     * the reservation with it that others rely on.
     */
    private void addReservations(StatementPart part, List<Operation> operations) {
        part.rowIds().forEach((containerId, highest) -> {
            RowIds ids = rowIds(containerId);
            if (highest >= ids.loggedUpTo) {
                ids.loggedUpTo = highest + rowIdBlock;
                operations.add(new Operation.ReserveCounter(containerId, 0, ids.loggedUpTo));
            }
        });
    }

    private void forgetDropped(StatementPart part) {
        for (Operation operation : part.operations()) {
            if (operation instanceof Operation.DropContainer) {
                loggedVersions.remove(operation.containerId());
                rowIds.remove(operation.containerId());
            }
        }
    }

    private RowIds rowIds(long containerId) {
        @Nullable RowIds known = rowIds.get(containerId);
        if (known == null) {
            known = new RowIds(reader.counter(containerId, 0));
            rowIds.put(containerId, known);
        }
        return known;
    }

    /** The hidden row ids of one container: the next one, and below which the log says they are taken. */
    private static final class RowIds {
        private long next;
        private long loggedUpTo;

        RowIds(long reserved) {
            this.next = Math.max(1, reserved);
            this.loggedUpTo = next;
        }
    }
}
