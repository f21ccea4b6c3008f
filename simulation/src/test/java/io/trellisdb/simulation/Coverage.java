package io.trellisdb.simulation;

import java.util.EnumMap;
import java.util.Map;

/** What has happened at all: a run that never sees a thing proves nothing about it. */
final class Coverage {
    /** Things that must happen sometimes. */
    enum Sometimes {
        COMMIT_IN_TERM_3,
        DEPOSED_OWNER_UNAWARE,
        TAIL_TRUNCATED,
        IMAGE_INSTALLED,
        IMAGED_REPLICA_OWNS,
        MEMBER_ADMITTED,
        MEMBER_REMOVED,
        HANDOVER,
        OWNER_CRASHED,
        UNFLUSHED_WRITES_LOST,
        NEW_INCARNATION,
        MASTER_REPLACED,
        STALE_MASTER_HEARD,
        ALTER_REFUSED,
        STATEMENT_REPEATED,
        STATEMENT_UNKNOWN,
        STATEMENT_JOINED,
        STRONG_READ,
        STRONG_READ_REFUSED_BY_LEASE,
        BACKUP_READ
    }

    private final Map<Sometimes, Long> counts = new EnumMap<>(Sometimes.class);

    void saw(Sometimes what) {
        counts.merge(what, 1L, Long::sum);
    }

    long count(Sometimes what) {
        return counts.getOrDefault(what, 0L);
    }

    void addAll(Coverage other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
