package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import java.util.List;

/**
 * What the host of a replica has to do, in this order. {@link PersistTerm} is done (fsynced) before anything behind it begins;
 * the rest may be under way together, as long as each kind keeps its order.
 */
public sealed interface ReplicaAction {
    /** Remember this term through any crash. */
    record PersistTerm(long term) implements ReplicaAction {}

    /** Append to the journal; report {@link ReplicaEvent.Durable}. */
    record Append(List<JournalEntry> entries) implements ReplicaAction {
        public Append {
            entries = List.copyOf(entries);
        }
    }

    /** Cut the journal behind this entry, before anything is appended again. */
    record Truncate(long afterLsn) implements ReplicaAction {}

    /** The journal is not needed up to this entry. */
    record Release(long lsn) implements ReplicaAction {}

    /** Apply the entry to the store; report {@link ReplicaEvent.Applied}. */
    record Apply(JournalEntry entry) implements ReplicaAction {}

    /** Let statements in: the replica is the owner, and its store has everything that was ever answered. */
    record Serve(long term) implements ReplicaAction {}

    /** Let no more statements in. */
    record StopServing() implements ReplicaAction {}

    /** The statement of this entry is done: release its locks and answer. */
    record Answer(long lsn) implements ReplicaAction {}

    /** The outcome of this entry's statement is unknown: say so. */
    record GiveUp(long lsn) implements ReplicaAction {}

    /** The proposed statement is in the log already: wait for what becomes of this entry. */
    record Join(long lsn) implements ReplicaAction {}

    /** The proposed statement has not happened and will not. */
    record Refuse(Refusal reason) implements ReplicaAction {}

    record Send(Message message) implements ReplicaAction {}

    record Ask(MasterRequest request) implements ReplicaAction {}

    /**
     * Copy the store as it is now; report {@link ReplicaEvent.ImageCaptured}.
     *
     * @param committedOnly always, but for tests that want to see what happens otherwise
     */
    record CaptureImage(long imageId, boolean committedOnly) implements ReplicaAction {}

    /** Send a piece of an image, its bytes put in by the host. */
    record SendChunk(Message.ImageChunk header) implements ReplicaAction {}

    /** The image is not needed any more. */
    record DropImage(long imageId) implements ReplicaAction {}

    /** Keep a piece of an image; its checksum was right. Piece 0 throws earlier pieces away. */
    record KeepChunk(Message.ImageChunk chunk) implements ReplicaAction {}

    /**
     * Make the kept pieces the store, in one step that survives a crash; report {@link ReplicaEvent.ImageInstalled} or {@link
     * ReplicaEvent.ImageFailed}. The replica takes nothing until then.
     */
    record InstallImage(long imageId, UpdateLog.Mark end) implements ReplicaAction {}

    /** Something that cannot happen has happened: touch nothing, tell the operator. */
    record Halt(String reason) implements ReplicaAction {}

    /** Why a statement is not taken. */
    enum Refusal {
        /** Somebody else is, or nobody yet. */
        NOT_OWNER,
        /** The owner cannot prove that it still is. */
        NO_LEASE,
        /** Too few copies would have it. */
        TOO_FEW_IN_SYNC,
        /** Too much is under way. */
        WINDOW_FULL
    }
}
