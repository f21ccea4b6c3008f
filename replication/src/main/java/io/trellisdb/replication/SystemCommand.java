package io.trellisdb.replication;

import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.List;

/** Changes that owners make for the catalog's sake. They hold for whatever schema version the catalog has. */
sealed interface SystemCommand extends WriteCommand {
    /** In place of a schema version. */
    int ANY_VERSION = -1;

    /** The catalog's newest descriptor of the container, if the partition's log has an older one; the owner adds it. */
    record Define(long containerId) implements SystemCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            return WriteDecision.nothing();
        }
    }

    /** The container goes, if the partition knows it. */
    record Drop(long containerId) implements SystemCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            context.lockContainer(containerId);
            if (context.reader().schemaVersion(containerId) == 0) {
                return WriteDecision.nothing();
            }
            return new WriteDecision(List.of(new Operation.DropContainer(containerId)), StoredResult.ofCount(0));
        }
    }

    /** An index gets another state. */
    record ChangeIndex(long containerId, long indexId, IndexDescriptor.State state) implements SystemCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            return new WriteDecision(
                    List.of(new Operation.SetIndexState(containerId, indexId, state)), StoredResult.ofCount(0));
        }
    }

    /** Counter values are taken; the result's count is the first of them. */
    record Reserve(long containerId, int columnId, int count) implements SystemCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            ((DecidingContext) context).lockCounter(containerId, columnId);
            long first = context.reader().counter(containerId, columnId);
            Operation reservation = new Operation.ReserveCounter(containerId, columnId, Math.addExact(first, count));
            return new WriteDecision(List.of(reservation), StoredResult.ofCount(first));
        }
    }
}
