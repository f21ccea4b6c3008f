package io.trellisdb.simulation;

import io.trellisdb.common.token.Token;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import java.util.TreeMap;

/** A partition's contents: values by key, statements by token, and a digest of how it came to be. */
final class Store {
    final TreeMap<Long, Long> values = new TreeMap<>();
    final TreeMap<String, Long> tokens = new TreeMap<>();
    long appliedLsn;
    long digest;

    Store copy() {
        Store copy = new Store();
        copy.values.putAll(values);
        copy.tokens.putAll(tokens);
        copy.appliedLsn = appliedLsn;
        copy.digest = digest;
        return copy;
    }

    void apply(JournalEntry entry) {
        if (entry.lsn() != appliedLsn + 1) {
            throw new Violation("I9 entry is applied out of order: " + entry.lsn() + " after " + appliedLsn);
        }
        appliedLsn = entry.lsn();
        digest = digest * 31 + chainHash(entry);
        for (Operation operation : entry.operations()) {
            if (operation instanceof Operation.ReserveCounter put) {
                values.put(put.containerId(), put.upTo());
            }
        }
        if (entry.token() != null) {
            tokens.put(name(entry.token()), entry.lsn());
        }
    }

    static String name(Token token) {
        return token.session() + "/" + token.sequence();
    }

    static long chainHash(JournalEntry entry) {
        long hash = mix(entry.previousHash(), entry.term());
        hash = mix(hash, entry.lsn());
        hash = mix(hash, entry.kind().code());
        hash = mix(hash, entry.commitTimestamp());
        if (entry.token() != null) {
            hash = mix(mix(hash, entry.token().session()), entry.token().sequence());
        }
        for (Operation operation : entry.operations()) {
            hash = mix(hash, operation.containerId());
            hash = mix(hash, operation instanceof Operation.ReserveCounter put ? put.upTo() : 0);
        }
        return hash;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 32)) + 1;
    }
}
