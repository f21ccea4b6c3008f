package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The owner of one term: takes statements, commits what everybody in sync has, and asks for changes of the in-sync set. */
final class Owner implements Role {
    private final Standing standing;
    private final long term;
    private final Shipping shipping;
    private final Membership members;
    private final TailTokens tokens;
    private final long beginTimestamp;
    private Replica.RoleName phase = Replica.RoleName.SYNCING;
    private Configuration configuration;
    private long barrierLsn;
    private long answeredLsn;
    private long relinquishedNanos;

    Owner(Standing standing, Configuration configuration, long timestamp) {
        this.standing = standing;
        this.term = configuration.term();
        this.configuration = configuration;
        this.beginTimestamp = timestamp;
        this.shipping = new Shipping(standing, term);
        this.members = new Membership(standing, shipping, configuration);
        this.tokens = new TailTokens(standing.log, standing.appliedLsn);
        this.answeredLsn = standing.appliedLsn;
    }

    /** The term begins with its barrier: when that is committed, everything before it is, and everybody in sync agrees. */
    void begin() {
        shipping.configured(configuration);
        if (standing.rules.hold(Rule.BARRIER_FIRST)) {
            barrierLsn = standing.log.lastLsn() + 1;
            append(JournalEntry.Kind.BARRIER, beginTimestamp, null);
        } else {
            serve();
        }
        progressed();
    }

    @Override
    public Replica.RoleName name() {
        return phase;
    }

    long term() {
        return term;
    }

    List<ReplicaId> effective() {
        return members.effective();
    }

    boolean isReadable() {
        return phase == Replica.RoleName.OWNER || phase == Replica.RoleName.RETIRING;
    }

    @Override
    public void configured(Configuration next) {
        configuration = next;
        shipping.configured(next);
        members.configured(next);
        boolean mustGo = next.nextOwner()
                .filter(wanted -> !wanted.equals(standing.self))
                .filter(next.inSync()::contains)
                .isPresent();
        if (mustGo && phase == Replica.RoleName.OWNER) {
            if (standing.rules.hold(Rule.STOP_BEFORE_HANDOVER)) {
                phase = Replica.RoleName.RETIRING;
                standing.act(new ReplicaAction.StopServing());
            } else {
                askToBeRelieved();
            }
        } else if (!mustGo && phase == Replica.RoleName.RETIRING) {
            serve();
        }
        progressed();
    }

    void propose(ReplicaEvent.Proposed proposed) {
        ReplicaAction.Refusal refusal = refusal();
        if (refusal != null) {
            standing.act(new ReplicaAction.Refuse(refusal));
            return;
        }
        Long same = proposed.token() == null ? null : tokens.find(proposed.token());
        if (same != null && standing.rules.hold(Rule.TOKENS_OF_TAIL)) {
            standing.act(new ReplicaAction.Join(same));
            return;
        }
        append(JournalEntry.Kind.OPERATIONS, proposed.timestamp(), proposed);
        progressed();
    }

    private ReplicaAction.@Nullable Refusal refusal() {
        if (phase != Replica.RoleName.OWNER) {
            return ReplicaAction.Refusal.NOT_OWNER;
        }
        if (!standing.hasLease(standing.nowNanos)) {
            return ReplicaAction.Refusal.NO_LEASE;
        }
        if (!members.isEnough()) {
            return ReplicaAction.Refusal.TOO_FEW_IN_SYNC;
        }
        long slowest = Math.min(standing.commitLsn, standing.appliedLsn);
        boolean isFull = standing.log.lastLsn() - slowest >= standing.settings.windowEntries();
        return isFull ? ReplicaAction.Refusal.WINDOW_FULL : null;
    }

    private void append(JournalEntry.Kind kind, long timestamp, ReplicaEvent.@Nullable Proposed proposed) {
        UpdateLog log = standing.log;
        JournalEntry entry = new JournalEntry(
                standing.partition,
                kind,
                term,
                log.lastLsn() + 1,
                log.hashAt(log.lastLsn()),
                // A clock that went back must not take commit timestamps with it.
                Math.max(timestamp, log.lastTimestamp() + 1),
                proposed == null ? null : proposed.token(),
                proposed == null ? null : proposed.result(),
                proposed == null ? List.of() : proposed.operations());
        tokens.appended(entry);
        standing.append(List.of(entry));
        shipping.flush();
    }

    @Override
    public void received(Message message) {
        if (message instanceof Message.Append) {
            standing.halt("two owners in one term");
            return;
        }
        Peer peer = shipping.heard(message.from());
        if (peer == null) {
            return;
        }
        if (message instanceof Message.Appended appended) {
            peer.acked(Math.min(appended.durableLsn(), standing.log.lastLsn()));
            shipping.flush();
            progressed();
        } else if (message instanceof Message.NotMatched notMatched) {
            shipping.notMatched(peer, notMatched);
        } else if (message instanceof Message.ImageWanted wanted) {
            shipping.wanted(peer, wanted, members.effective());
        } else if (message instanceof Message.ReadIndex readIndex) {
            answer(readIndex);
        }
    }

    private void answer(Message.ReadIndex question) {
        if (isReadable() && standing.hasLease(standing.nowNanos)) {
            // An asynchronous owner answers statements before they are committed.
            long answered = Math.max(standing.commitLsn, standing.appliedLsn);
            standing.send(
                    new Message.ReadIndexAnswer(standing.self, question.from(), term, question.request(), answered));
        }
    }

    void imageCaptured(ReplicaEvent.ImageCaptured event) {
        shipping.captured(event, members.effective());
    }

    @Override
    public void progressed() {
        if (phase == Replica.RoleName.RELINQUISHED) {
            return;
        }
        commit();
        standing.applyUpTo(applyLimit());
        answerApplied();
        boolean isDrained = standing.commitLsn == standing.log.lastLsn() && answeredLsn == standing.commitLsn;
        if (phase == Replica.RoleName.RETIRING && isDrained) {
            phase = Replica.RoleName.RELINQUISHED;
            askToBeRelieved();
            return;
        }
        consider();
    }

    private void commit() {
        long limit = standing.rules.hold(Rule.COUNT_OWN_FLUSH) ? standing.durableLsn : standing.log.lastLsn();
        for (ReplicaId each : members.effective()) {
            Peer peer = shipping.peer(each);
            limit = Math.min(limit, peer == null ? 0 : peer.ackedLsn);
        }
        if (limit >= barrierLsn) {
            standing.commitLsn = Math.max(standing.commitLsn, limit);
        }
    }

    private boolean isSynced() {
        return standing.commitLsn >= barrierLsn;
    }

    private long applyLimit() {
        boolean needNotWait =
                standing.settings.mode() == GroupSettings.Mode.ASYNC || !standing.rules.hold(Rule.APPLY_AFTER_COMMIT);
        if (isSynced() && needNotWait) {
            return Math.max(standing.commitLsn, standing.durableLsn);
        }
        // With too few copies nothing is answered any more; what the barrier covers is older than this owner.
        return members.isEnough() ? standing.commitLsn : Math.min(standing.commitLsn, barrierLsn);
    }

    private void answerApplied() {
        while (answeredLsn < standing.appliedLsn) {
            answeredLsn++;
            JournalEntry entry = standing.log.entry(answeredLsn);
            tokens.applied(entry);
            if (entry.kind() == JournalEntry.Kind.OPERATIONS) {
                standing.act(new ReplicaAction.Answer(answeredLsn));
            }
        }
        if (phase == Replica.RoleName.SYNCING && answeredLsn >= barrierLsn) {
            serve();
        }
    }

    private void serve() {
        phase = Replica.RoleName.OWNER;
        standing.act(new ReplicaAction.Serve(term));
    }

    private void consider() {
        boolean isReady = phase == Replica.RoleName.OWNER && isSynced();
        boolean mayAdmit = isReady || !standing.rules.hold(Rule.ADMIT_AFTER_BARRIER);
        boolean isServing = phase == Replica.RoleName.OWNER;
        long silence = isServing ? standing.settings.replicaTimeoutNanos() : standing.settings.syncTimeoutNanos();
        members.consider(mayAdmit, silence);
    }

    private void askToBeRelieved() {
        relinquishedNanos = standing.nowNanos;
        standing.act(new ReplicaAction.Ask(
                new MasterRequest.Relinquish(standing.self, term, standing.log.last(), standing.commitLsn)));
    }

    @Override
    public void tick() {
        if (phase == Replica.RoleName.RELINQUISHED) {
            if (standing.nowNanos - relinquishedNanos >= standing.settings.resendNanos()) {
                askToBeRelieved();
            }
            return;
        }
        shipping.tick(members.effective());
        progressed();
    }

    @Override
    public long neededLsn() {
        return shipping.neededLsn(members.effective());
    }

    @Override
    public void end() {
        shipping.end();
        if (phase != Replica.RoleName.RELINQUISHED) {
            standing.act(new ReplicaAction.StopServing());
        }
        for (long lsn = answeredLsn + 1; lsn <= standing.log.lastLsn(); lsn++) {
            if (standing.log.entry(lsn).kind() == JournalEntry.Kind.OPERATIONS) {
                standing.act(new ReplicaAction.GiveUp(lsn));
            }
        }
    }
}
