package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.Member;
import io.trellisdb.coordination.fencing.EpochRow;
import io.trellisdb.coordination.membership.MemberRecords;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The follower thread: applies what others have committed, finds out whom this node follows, and notices an environment that
 * broke while nobody used it. JE tells nobody when it has replayed something, so this thread looks.
 */
final class Follower {
    /** How far a follower's copy is behind at most, beside replication itself; one look costs some microseconds. */
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final EnvironmentGate gate;
    private final Replay replay;
    private final JeStates states;
    private final Roles roles;
    private final Consumer<TrellisException> onDamage;
    private final Mailbox<Boolean> stop;
    private @Nullable Seen seen;

    /** What decides whether the leader has to be looked up again. */
    private record Seen(JeView view, LeaseRow lease, long revision) {
        boolean isSame(@Nullable Seen other) {
            return other != null
                    && view.equals(other.view)
                    && lease.epoch() == other.lease.epoch()
                    && revision == other.revision;
        }
    }

    Follower(
            EnvironmentGate gate,
            Replay replay,
            JeStates states,
            Roles roles,
            NanoClock clock,
            Consumer<TrellisException> onDamage) {
        this.gate = gate;
        this.replay = replay;
        this.states = states;
        this.roles = roles;
        this.onDamage = onDamage;
        this.stop = new Mailbox<>(clock);
    }

    void stop() {
        stop.put(true);
    }

    void run() {
        while (stop.takeAll(INTERVAL.toNanos()).isEmpty()) {
            try {
                gate.use(environment -> look(environment));
            } catch (TrellisException e) {
                onDamage.accept(e);
            }
        }
    }

    private @Nullable Boolean look(GroupEnvironment environment) {
        JeView view = states.view();
        if (roles.snapshot().reign() != null || !view.isReplica()) {
            seen = null;
            return null;
        }
        Optional<Tables> tables = environment.tables();
        Optional<LeaseRow> lease = tables.flatMap(replay::follow);
        if (lease.isEmpty()) {
            return null;
        }
        Seen now = new Seen(view, lease.get(), replay.tree().revision());
        if (!now.isSame(seen)) {
            seen = now;
            roles.follow(leader(tables.get(), now));
        }
        return true;
    }

    private Optional<LeaderInfo> leader(Tables tables, Seen now) {
        Optional<EpochRow> row = tables.lastEpoch(null);
        boolean isAcknowledged = row.filter(last -> last.number() == now.lease().epoch())
                .filter(last -> last.groupName().equals(now.view().master()))
                .isPresent();
        return isAcknowledged ? row.flatMap(last -> describe(last, replay.tree())) : Optional.empty();
    }

    private static Optional<LeaderInfo> describe(EpochRow row, MetadataTree tree) {
        return tree.find(MemberRecords.key(row.epoch().leader())).map(record -> {
            Member member = MemberRecords.decode(record.value());
            HostPort address = member.coordination();
            return new LeaderInfo(row.epoch(), address, Map.copyOf(member.services()), row.created());
        });
    }
}
