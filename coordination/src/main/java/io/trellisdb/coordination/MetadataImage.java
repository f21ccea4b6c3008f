package io.trellisdb.coordination;

import java.util.List;
import java.util.Optional;

/**
 * Records as they stood at one revision.
 *
 * @param records in the order of their keys
 */
public record MetadataImage(long revision, List<MetadataRecord> records) {
    public MetadataImage {
        records = List.copyOf(records);
    }

    public Optional<MetadataRecord> find(String key) {
        return records.stream().filter(record -> record.key().equals(key)).findFirst();
    }
}
