package io.trellisdb.coordination.metadata;

import io.trellisdb.coordination.MetadataChange;
import java.util.List;

/**
 * One commit as it stands in the log.
 *
 * @param epoch the number of the mastership that made it
 */
public record LogEntry(long revision, long epoch, List<MetadataChange> changes) {
    public LogEntry {
        changes = List.copyOf(changes);
    }
}
