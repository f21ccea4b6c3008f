package io.trellisdb.coordination;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes that happen together, if all conditions hold.
 *
 * @param conditions what must be so; empty to change whatever is there
 * @param changes at most one for a key
 */
public record MetadataCommit(List<Condition> conditions, List<MetadataChange> changes) {
    public static final int MAX_KEY_BYTES = 512;
    public static final int MAX_VALUE_BYTES = 16 << 20;
    public static final int MAX_CHANGES = 65_536;
    /** All keys and values of one commit. */
    public static final int MAX_BYTES = 64 << 20;

    /** The key's record must have been written by the commit of this revision; 0: there must be no such record. */
    public record Condition(String key, long revision) {}

    public MetadataCommit {
        conditions = List.copyOf(conditions);
        changes = List.copyOf(changes);
        if (changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException("commit has too many changes: " + changes.size());
        }
        Set<String> keys = new HashSet<>();
        for (MetadataChange change : changes) {
            if (change.key().isEmpty() || !keys.add(change.key())) {
                throw new IllegalArgumentException("commit has an empty or repeated key: " + change.key());
            }
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects a commit; confined to one thread. */
    public static final class Builder {
        private final List<Condition> conditions = new ArrayList<>();
        private final List<MetadataChange> changes = new ArrayList<>();

        private Builder() {}

        /** The record must still be the one that was read. */
        public Builder expect(MetadataRecord record) {
            return expect(record.key(), record.revision());
        }

        public Builder expect(String key, long revision) {
            conditions.add(new Condition(key, revision));
            return this;
        }

        public Builder expectAbsent(String key) {
            return expect(key, 0);
        }

        public Builder put(String key, byte[] value) {
            changes.add(new MetadataChange.Put(key, value));
            return this;
        }

        public Builder delete(String key) {
            changes.add(new MetadataChange.Delete(key));
            return this;
        }

        public MetadataCommit build() {
            return new MetadataCommit(conditions, changes);
        }
    }
}
