package io.trellisdb.replication;

import io.trellisdb.common.error.TrellisException;
import java.util.Map;

/** What a writer hears from clients, from the journal and from other writers. */
sealed interface WriterEvent {
    /** The node owns its partitions from now on. */
    record Activate() implements WriterEvent {}

    /** A part to decide. */
    record Begin(StatementPart part) implements WriterEvent {}

    /** A statement that may have been executed before: look for its results, else begin it. */
    record LookUp(RunningStatement statement) implements WriterEvent {}

    /** The statement of this part has ended, or has nothing to do here. */
    record Retire(StatementPart part) implements WriterEvent {}

    /** End the statement unless it is sealed. */
    record End(RunningStatement statement, TrellisException reason) implements WriterEvent {}

    /** A sealed statement wants its entries appended. */
    record Append(AppendGroup group) implements WriterEvent {}

    /** The group for which this writer holds back its appends is in the journal. */
    record Resume() implements WriterEvent {}

    /** The journal has everything up to these LSNs, by partition; partitions of other writers are passed over. */
    record Durable(Map<Integer, Long> lsns) implements WriterEvent {}

    /** Add existing rows to an index, in steps. */
    record Backfill(IndexBackfill backfill) implements WriterEvent {}

    /** Look whether a partition fits together while nothing changes it. */
    record Verify(PartitionVerification verification) implements WriterEvent {}

    /** The node cannot acknowledge any more. */
    record Broken(TrellisException reason) implements WriterEvent {}

    record Stop() implements WriterEvent {}
}
