package io.trellisdb.replication.role;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom the owner waits for. The committed in-sync set is always contained in it: leaving takes effect after the master has
 * committed it, joining before the master is asked (rules R6 and R7).
 */
final class Membership {
    private final Standing standing;
    private final Shipping shipping;
    private final Set<ReplicaId> droppedEarly = new HashSet<>();
    private Configuration committed;
    private List<ReplicaId> effective = List.of();
    /** Waited for, and perhaps already in sync by the master's word. */
    private @Nullable ReplicaId joining;

    private @Nullable Pending pending;

    private static final class Pending {
        final MasterRequest.AlterInSync request;
        long sentNanos;

        Pending(MasterRequest.AlterInSync request, long sentNanos) {
            this.request = request;
            this.sentNanos = sentNanos;
        }

        boolean adds() {
            return request.change() == MasterRequest.Change.ADD;
        }
    }

    Membership(Standing standing, Shipping shipping, Configuration committed) {
        this.standing = standing;
        this.shipping = shipping;
        this.committed = committed;
        refresh();
    }

    void configured(Configuration configuration) {
        committed = configuration;
        Pending asked = pending;
        boolean isAnswered = asked != null && configuration.version() > asked.request.expectVersion();
        if (isAnswered) {
            pending = null;
        }
        ReplicaId candidate = joining;
        boolean isSettled =
                isAnswered || (pending == null && !configuration.catchUp().contains(candidate));
        if (candidate != null && (isSettled || configuration.inSync().contains(candidate))) {
            joining = null;
        }
        droppedEarly.retainAll(configuration.inSync());
        refresh();
    }

    List<ReplicaId> effective() {
        return effective;
    }

    /** Whether so many copies are committed that writes may be taken. */
    boolean isEnough() {
        return committed.inSync().size() >= standing.settings.minInSync();
    }

    /** Looks for members to admit or to remove. */
    void consider(boolean mayAdmit, long silenceNanos) {
        Pending asked = pending;
        if (asked != null) {
            repeat(asked);
            return;
        }
        if (mayAdmit) {
            admit(silenceNanos);
        }
        if (pending == null) {
            removeSilent(silenceNanos);
        }
    }

    private void repeat(Pending asked) {
        if (standing.nowNanos - asked.sentNanos < standing.settings.resendNanos()) {
            return;
        }
        if (asked.adds() && !standing.rules.hold(Rule.KEEP_PENDING_ADD)) {
            pending = null;
            joining = null;
            refresh();
            return;
        }
        asked.sentNanos = standing.nowNanos;
        standing.act(new ReplicaAction.Ask(asked.request));
    }

    private void admit(long silenceNanos) {
        if (joining == null) {
            joining = candidate();
            refresh();
        }
        ReplicaId candidate = joining;
        if (candidate == null) {
            return;
        }
        Peer peer = shipping.peer(candidate);
        if (peer == null || standing.nowNanos - peer.heardNanos >= silenceNanos) {
            // Nobody was asked to admit it, so nobody can have done it.
            joining = null;
            refresh();
        } else if (peer.ackedLsn >= standing.commitLsn) {
            ask(MasterRequest.Change.ADD, candidate);
        }
    }

    private @Nullable ReplicaId candidate() {
        for (ReplicaId each : committed.catchUp()) {
            Peer peer = shipping.peer(each);
            boolean isNear = peer != null
                    && peer.ackedLsn > 0
                    && peer.image == null
                    && standing.log.lastLsn() - peer.ackedLsn <= standing.settings.promoteGap();
            boolean isHeard = peer != null && standing.nowNanos - peer.heardNanos < 2 * standing.settings.resendNanos();
            if (isNear && isHeard) {
                return each;
            }
        }
        return null;
    }

    private void removeSilent(long silenceNanos) {
        for (ReplicaId each : committed.inSync()) {
            Peer peer = shipping.peer(each);
            boolean isSilent = peer != null && standing.nowNanos - peer.heardNanos >= silenceNanos;
            if (isSilent && pending == null) {
                ask(MasterRequest.Change.REMOVE, each);
                if (!standing.rules.hold(Rule.SHRINK_AFTER_CONFIRMATION)) {
                    droppedEarly.add(each);
                    refresh();
                }
            }
        }
    }

    private void ask(MasterRequest.Change change, ReplicaId replica) {
        Pending asked = new Pending(
                new MasterRequest.AlterInSync(standing.self, committed.term(), committed.version(), change, replica),
                standing.nowNanos);
        pending = asked;
        standing.act(new ReplicaAction.Ask(asked.request));
    }

    private void refresh() {
        List<ReplicaId> members = new ArrayList<>(committed.inSync());
        members.remove(standing.self);
        members.removeAll(droppedEarly);
        ReplicaId candidate = joining;
        if (candidate != null && standing.rules.hold(Rule.GROW_BEFORE_REQUEST) && !members.contains(candidate)) {
            members.add(candidate);
        }
        effective = List.copyOf(members);
    }
}
