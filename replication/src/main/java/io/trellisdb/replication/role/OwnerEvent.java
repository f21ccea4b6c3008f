package io.trellisdb.replication.role;

import io.trellisdb.common.token.Token;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the owner of a partition. */
public sealed interface OwnerEvent {
    /**
     * The node has been appointed owner.
     *
     * @param term above every term that this replica has seen
     * @param timestamp the node's hybrid logical time
     */
    record Activated(long term, long timestamp) implements OwnerEvent {}

    /**
     * A statement has decided and holds its locks.
     *
     * @param timestamp the node's hybrid logical time
     */
    record Proposed(@Nullable Token token, @Nullable StoredResult result, List<Operation> operations, long timestamp)
            implements OwnerEvent {
        public Proposed {
            operations = List.copyOf(operations);
        }
    }

    /** The own journal has everything up to this entry. */
    record Durable(long lsn) implements OwnerEvent {}

    /** The store has everything up to this entry. */
    record Applied(long lsn) implements OwnerEvent {}

    /** The role is over: the node stops, its journal has failed, or somebody has a higher term. */
    record Ended() implements OwnerEvent {}
}
