package io.trellisdb.replication.role;

import org.jspecify.annotations.Nullable;

/** A copy being filled: by an image when the owner's log does not reach back far enough, then by the log. */
final class CatchUp extends Follower {
    private @Nullable Transfer transfer;
    private long installedId = -1;

    private static final class Transfer {
        final Message.ImageChunk first;
        int next;
        long heardNanos;

        Transfer(Message.ImageChunk first, long nowNanos) {
            this.first = first;
            this.heardNanos = nowNanos;
        }

        boolean isComplete() {
            return next == first.count();
        }
    }

    CatchUp(Standing standing) {
        super(standing);
    }

    @Override
    public Replica.RoleName name() {
        return Replica.RoleName.CATCH_UP;
    }

    @Override
    public void received(Message message) {
        Transfer running = transfer;
        if (running != null && running.first.term() < message.term()) {
            // The owner that sent it is none any more.
            transfer = null;
        }
        if (message instanceof Message.ImageChunk chunk) {
            if (standing.isTakingEntries()) {
                chunk(chunk);
            }
        } else if (transfer == null) {
            // While an image is under way late entries are passed over: it would take back what they let acknowledge.
            super.received(message);
        }
    }

    @Override
    public void tick() {
        super.tick();
        Transfer running = transfer;
        if (running != null && standing.installingId == 0 && isDue(running.heardNanos)) {
            running.heardNanos = standing.nowNanos;
            want(running.first, running.next);
        }
    }

    private void chunk(Message.ImageChunk chunk) {
        boolean mustBeEmpty = standing.rules.hold(Rule.IMAGE_NEEDS_NEW_INCARNATION);
        if (chunk.imageId() == installedId && mustBeEmpty) {
            want(chunk, chunk.count());
            return;
        }
        if (mustBeEmpty && standing.log.lastLsn() > 0) {
            standing.discard("needs an image and is not empty");
            return;
        }
        Transfer running = transfer;
        if (running == null || running.first.imageId() != chunk.imageId() || running.first.term() != chunk.term()) {
            running = new Transfer(chunk, standing.nowNanos);
            transfer = running;
        }
        running.heardNanos = standing.nowNanos;
        if (chunk.number() == running.next) {
            standing.act(new ReplicaAction.KeepChunk(chunk));
            running.next++;
            if (running.isComplete()) {
                standing.installingId = chunk.imageId();
                standing.act(new ReplicaAction.InstallImage(chunk.imageId(), chunk.end()));
                return;
            }
        }
        if (!running.isComplete()) {
            want(chunk, running.next);
        }
    }

    void installed(long imageId) {
        installedId = imageId;
        Transfer running = transfer;
        if (running != null && running.first.imageId() == imageId) {
            transfer = null;
            want(running.first, running.first.count());
        }
    }

    /** Its pieces were bad: from the beginning. */
    void notInstalled() {
        Transfer running = transfer;
        if (running != null) {
            running.next = 0;
            want(running.first, 0);
        }
    }

    private void want(Message.ImageChunk about, int next) {
        standing.send(new Message.ImageWanted(standing.self, about.from(), about.term(), about.imageId(), next));
    }
}
