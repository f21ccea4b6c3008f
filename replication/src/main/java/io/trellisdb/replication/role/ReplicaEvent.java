package io.trellisdb.replication.role;

import io.trellisdb.common.token.Token;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a replica. */
public sealed interface ReplicaEvent {
    /**
     * The master has published this.
     *
     * @param timestamp the node's hybrid logical time
     */
    record Configured(Configuration configuration, long timestamp) implements ReplicaEvent {}

    /**
     * The node has a lease, together with at least this revision of the table.
     *
     * @param untilNanos on the clock that {@link Replica#step} is told
     */
    record LeaseGranted(long untilNanos, long revision) implements ReplicaEvent {}

    /** Leases are given up: the node stops, or does not trust its clock. */
    record LeaseDropped() implements ReplicaEvent {}

    record Received(Message message) implements ReplicaEvent {}

    /** A statement has decided and holds its locks; answered by {@code Append}, {@code Join} or {@code Refuse} at once. */
    record Proposed(@Nullable Token token, @Nullable StoredResult result, List<Operation> operations, long timestamp)
            implements ReplicaEvent {
        public Proposed {
            operations = List.copyOf(operations);
        }
    }

    /** The own journal may acknowledge everything up to this entry, under its level; ignored if it was truncated meanwhile. */
    record Durable(Position position) implements ReplicaEvent {}

    /** The store has everything up to this entry. */
    record Applied(long lsn) implements ReplicaEvent {}

    /** The store would have everything up to this entry after a crash, without the journal. */
    record Checkpointed(long lsn) implements ReplicaEvent {}

    /** The image that {@link ReplicaAction.CaptureImage} asked for exists, in so many pieces. */
    record ImageCaptured(long imageId, UpdateLog.Mark end, int chunks) implements ReplicaEvent {}

    /** The image is the store now, durably, and the journal begins behind it. */
    record ImageInstalled(long imageId, UpdateLog.Mark end) implements ReplicaEvent {}

    /** The image could not be made the store, which is as it was. */
    record ImageFailed(long imageId) implements ReplicaEvent {}

    /** Time has passed; several times per resend interval. */
    record Tick() implements ReplicaEvent {}
}
