package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataCommit;
import java.util.concurrent.CompletableFuture;

/** A commit on its way through the writer. */
record PendingCommit(Epoch epoch, MetadataCommit commit, CompletableFuture<CommitOutcome> outcome) {
    void complete(CommitOutcome result) {
        outcome.complete(result);
    }

    void refuse(CommitOutcome.Refused.Reason reason, String explanation) {
        complete(new CommitOutcome.Refused(reason, explanation));
    }
}
