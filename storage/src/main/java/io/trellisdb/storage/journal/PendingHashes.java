package io.trellisdb.storage.journal;

import io.trellisdb.storage.JournalEntry;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one partition between proposal and apply: an entry is encoded once, whether its chain hash or its frame is asked
 * for first. Holds as many as the owner has in flight. Safe everywhere.
 */
final class PendingHashes {
    /** By identity: an owner may propose another entry of the same LSN when one was not appended. */
    private final IdentityHashMap<JournalEntry, Pending> entries = new IdentityHashMap<>();

    private record Pending(EntryCodec.@Nullable Encoded encoded, long hash) {}

    /** The entry's frame content; what was kept of it is released but for its hash. */
    synchronized EntryCodec.Encoded takeEncoded(JournalEntry entry) {
        Pending known = entries.get(entry);
        EntryCodec.Encoded kept = known == null ? null : known.encoded();
        EntryCodec.Encoded encoded = kept == null ? EntryCodec.encode(entry) : kept;
        entries.put(entry, new Pending(null, encoded.hash()));
        return encoded;
    }

    synchronized long hash(JournalEntry entry) {
        Pending known = entries.get(entry);
        if (known == null) {
            EntryCodec.Encoded encoded = EntryCodec.encode(entry);
            known = new Pending(encoded, encoded.hash());
            entries.put(entry, known);
        }
        return known.hash();
    }

    /** Entries up to this one are applied: nobody will ask for them. */
    synchronized void forgetThrough(long lsn) {
        entries.keySet().removeIf(entry -> entry.lsn() <= lsn);
    }
}
