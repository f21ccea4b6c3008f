package io.trellisdb.replication.role;

import java.util.ArrayDeque;
import java.util.Deque;

/** In sync: its acknowledgements are waited for, and it can say how old its state is at most. */
final class Backup extends Follower {
    private static final int ANSWERS_MAX = 64;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private long request;
    private long requestedNanos;
    private boolean isFreshOnce;
    private long freshAsOfNanos;

    /** Once {@code commitLsn} is applied, the state is no older than the request. */
    private record Answer(long commitLsn, long requestedNanos) {}

    Backup(Standing standing) {
        super(standing);
        this.requestedNanos = standing.nowNanos;
    }

    @Override
    public Replica.RoleName name() {
        return Replica.RoleName.BACKUP;
    }

    @Override
    public void received(Message message) {
        super.received(message);
        if (message instanceof Message.ReadIndexAnswer answer
                && answer.request() == request
                && answers.size() < ANSWERS_MAX) {
            answers.add(new Answer(answer.commitLsn(), requestedNanos));
            refresh();
        }
    }

    @Override
    public void progressed() {
        super.progressed();
        refresh();
    }

    @Override
    public void tick() {
        super.tick();
        Configuration configuration = standing.configuration;
        if (configuration == null || configuration.ownerReplica() == null || !isDue(requestedNanos)) {
            return;
        }
        request++;
        requestedNanos = standing.nowNanos;
        standing.send(
                new Message.ReadIndex(standing.self, configuration.ownerReplica(), standing.promisedTerm, request));
    }

    boolean isFresh(long nowNanos, long boundNanos) {
        return isFreshOnce && nowNanos - freshAsOfNanos <= boundNanos;
    }

    private void refresh() {
        Answer next = answers.peek();
        while (next != null && next.commitLsn() <= standing.appliedLsn) {
            isFreshOnce = true;
            freshAsOfNanos = next.requestedNanos();
            answers.remove();
            next = answers.peek();
        }
    }
}
