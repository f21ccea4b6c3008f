package io.trellisdb.storage.write;

import io.trellisdb.storage.StoredResult;
import java.util.List;

/**
 * A committed and applied statement's answer.
 *
 * @param results what each part answered, in the order of the statement's parts
 * @param repeated whether the statement had been applied before and the results are the stored ones; then they come in the
 *     order of partitions that took part
 */
public record WriteResult(List<StoredResult> results, boolean repeated) {
    public WriteResult {
        results = List.copyOf(results);
    }

    /** The sum of the parts' counts. */
    public long updateCount() {
        return results.stream().mapToLong(StoredResult::updateCount).sum();
    }
}
