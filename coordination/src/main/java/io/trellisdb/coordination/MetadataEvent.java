package io.trellisdb.coordination;

import java.util.List;

/** What a watcher hears, in the order of revisions. */
public sealed interface MetadataEvent {
    long revision();

    /** Everything under the watched prefix as of a revision; replaces what was known. Comes first, or after falling behind. */
    record Image(MetadataImage image) implements MetadataEvent {
        @Override
        public long revision() {
            return image.revision();
        }
    }

    /** What one commit did under the watched prefix; at least one change. */
    record Changes(long revision, List<MetadataChange> changes) implements MetadataEvent {
        public Changes {
            changes = List.copyOf(changes);
        }
    }
}
