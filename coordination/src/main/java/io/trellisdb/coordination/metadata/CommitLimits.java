package io.trellisdb.coordination.metadata;

import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CommitOutcome.Refused.Reason;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bounds of a commit that every provider keeps. */
public final class CommitLimits {
    private CommitLimits() {}

    /** Why a commit is refused whatever the records are; empty when its size is fine. */
    public static Optional<CommitOutcome> refusal(MetadataCommit commit) {
        long bytes = 0;
        for (MetadataChange change : commit.changes()) {
            int key = change.key().getBytes(StandardCharsets.UTF_8).length;
            int value = change instanceof MetadataChange.Put put ? put.value().length : 0;
            if (key > MetadataCommit.MAX_KEY_BYTES || value > MetadataCommit.MAX_VALUE_BYTES) {
                return tooLarge("key or value is too long: " + key + ", " + value + " bytes");
            }
            bytes += key + value;
        }
        return bytes > MetadataCommit.MAX_BYTES
                ? tooLarge("commit is too long: " + bytes + " bytes")
                : Optional.empty();
    }

    private static Optional<CommitOutcome> tooLarge(String explanation) {
        return Optional.of(new CommitOutcome.Refused(Reason.TOO_LARGE, explanation));
    }
}
