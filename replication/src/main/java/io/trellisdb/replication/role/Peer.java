package io.trellisdb.replication.role;

import org.jspecify.annotations.Nullable;

/** How far another copy is, as its owner knows it within one term. */
final class Peer {
    final ReplicaId id;
    /** What it has acknowledged; 0 before its first word. */
    long ackedLsn;
    /** What is sent next. */
    long nextLsn;
    /** Where to look for agreement again as long as it has acknowledged nothing. */
    long probeLsn;

    long heardNanos;
    long sentNanos;

    @Nullable
    Image image;

    /** An image under way to it. */
    static final class Image {
        final long id;
        long sentNanos;
        UpdateLog.@Nullable Mark end;
        int chunks;
        int next;

        Image(long id, long nowNanos) {
            this.id = id;
            this.sentNanos = nowNanos;
        }
    }

    Peer(ReplicaId id, long nextLsn, long nowNanos) {
        this.id = id;
        this.nextLsn = nextLsn;
        this.probeLsn = nextLsn;
        this.heardNanos = nowNanos;
        this.sentNanos = nowNanos;
    }

    void acked(long lsn) {
        ackedLsn = Math.max(ackedLsn, lsn);
        nextLsn = Math.max(nextLsn, ackedLsn + 1);
    }

    /** Goes back to what it certainly has. */
    void rewind() {
        nextLsn = ackedLsn > 0 ? ackedLsn + 1 : probeLsn;
    }

    void probe(long lsn) {
        probeLsn = lsn;
        nextLsn = lsn;
    }
}
