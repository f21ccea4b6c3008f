package io.trellisdb.replication.role;

/** What a replica asks of the master. Requests may be lost, repeated and delayed; only a later configuration answers them. */
public sealed interface MasterRequest {
    ReplicaId from();

    /**
     * The owner asks to change the in-sync set. The master commits it only if term and version are the row's and the replica's
     * incarnation is the registered one.
     */
    record AlterInSync(ReplicaId from, long term, long expectVersion, Change change, ReplicaId replica)
            implements MasterRequest {}

    /** The owner of this term has stopped for good: the partition may have its next owner at once. */
    record Relinquish(ReplicaId from, long term, Position last, long commitLsn) implements MasterRequest {}

    /** The replica cannot go on with its data: it asks to begin again, empty, under a new incarnation. */
    record NewIncarnation(ReplicaId from, String reason) implements MasterRequest {}

    /** What an owner may ask of its in-sync set. */
    enum Change {
        ADD,
        REMOVE
    }
}
