package io.trellisdb.replication.role;

import io.trellisdb.common.token.Token;
import io.trellisdb.storage.JournalEntry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements in the part of the log that is not applied yet, where the store does not know them. */
final class TailTokens {
    private final Map<Key, Long> lsns = new HashMap<>();

    private record Key(long session, long sequence) {
        static Key of(Token token) {
            return new Key(token.session(), token.sequence());
        }
    }

    TailTokens(UpdateLog log, long appliedLsn) {
        for (long lsn = appliedLsn + 1; lsn <= log.lastLsn(); lsn++) {
            appended(log.entry(lsn));
        }
    }

    void appended(JournalEntry entry) {
        if (entry.token() != null) {
            lsns.put(Key.of(entry.token()), entry.lsn());
        }
    }

    void applied(JournalEntry entry) {
        if (entry.token() != null) {
            lsns.remove(Key.of(entry.token()), entry.lsn());
        }
    }

    @Nullable
    Long find(Token token) {
        return lsns.get(Key.of(token));
    }
}
