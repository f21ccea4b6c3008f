package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** What backups, catch-ups and copies that are not listed do alike: make their log the owner's. */
abstract sealed class Follower implements Role permits Backup, CatchUp, Retired {
    private static final int TERM_STARTS_MAX = 64;

    final Standing standing;
    private long askedNanos;
    private long acknowledgedLsn;

    Follower(Standing standing) {
        this.standing = standing;
        this.askedNanos = standing.nowNanos;
    }

    @Override
    public void configured(Configuration configuration) {
        // The owner's messages say all that a follower needs to know.
    }

    @Override
    public void received(Message message) {
        if (standing.isTakingEntries() && message instanceof Message.Append append) {
            append(append);
        }
    }

    @Override
    public void progressed() {
        Configuration configuration = standing.configuration;
        boolean isNews = Math.min(standing.matchedLsn, standing.durableLsn) > acknowledgedLsn;
        if (configuration == null || !isNews || standing.matchedTerm != standing.promisedTerm) {
            return;
        }
        ReplicaId owner = configuration.ownerReplica();
        if (owner != null && configuration.term() == standing.matchedTerm) {
            acknowledge(owner, standing.matchedTerm);
        }
    }

    @Override
    public void tick() {
        String discard = standing.discardReason;
        if (discard != null && isDue(askedNanos)) {
            askedNanos = standing.nowNanos;
            standing.act(new ReplicaAction.Ask(new MasterRequest.NewIncarnation(standing.self, discard)));
        }
    }

    @Override
    public long neededLsn() {
        return standing.commitLsn;
    }

    @Override
    public void end() {
        // Nothing under way that anybody waits for.
    }

    boolean isDue(long sinceNanos) {
        return standing.nowNanos - sinceNanos >= standing.settings.resendNanos();
    }

    private void append(Message.Append message) {
        if (standing.matchedTerm != message.term()) {
            meetOwner(message.term());
        }
        UpdateLog log = standing.log;
        long previous = message.previous().lsn();
        boolean isKnown = log.knows(previous);
        if (previous > log.lastLsn()
                || (isKnown && log.termAt(previous) != message.previous().term())) {
            standing.send(new Message.NotMatched(
                    standing.self, message.from(), message.term(), log.lastLsn(), log.termStarts(TERM_STARTS_MAX)));
            return;
        }
        if (isKnown && log.hashAt(previous) != message.previousHash()) {
            standing.halt("logs differ at one position: " + message.previous());
            return;
        }
        if (take(message.entries())) {
            long end = Math.min(message.endLsn(), log.lastLsn());
            if (end < log.lastLsn() && !standing.rules.hold(Rule.TRUNCATE_CONFLICTS_ONLY)) {
                standing.truncateAfter(Math.max(end, log.base().lsn()));
            }
            standing.matchedLsn = Math.max(standing.matchedLsn, end);
            standing.commitLsn = Math.max(standing.commitLsn, Math.min(message.commitLsn(), standing.matchedLsn));
            standing.applyUpTo(standing.commitLsn);
            acknowledge(message.from(), message.term());
        }
    }

    private void meetOwner(long term) {
        standing.matchedTerm = term;
        standing.matchedLsn = 0;
        if (!standing.rules.hold(Rule.KEEP_TAIL_UNTIL_CONFLICT) && standing.log.lastLsn() > standing.commitLsn) {
            standing.truncateAfter(standing.commitLsn);
        }
    }

    /** Takes what is new of the owner's entries; false when the replica cannot go on. */
    private boolean take(List<JournalEntry> entries) {
        UpdateLog log = standing.log;
        List<JournalEntry> fresh = new ArrayList<>();
        for (JournalEntry entry : entries) {
            boolean isHere = fresh.isEmpty() && entry.lsn() <= log.lastLsn();
            if (isHere && entry.lsn() < log.base().lsn()) {
                continue;
            }
            if (isHere && log.termAt(entry.lsn()) == entry.term()) {
                if (log.hashAt(entry.lsn()) != log.hashOf(entry)) {
                    standing.halt("entries differ at one position: " + entry.term() + ":" + entry.lsn());
                    return false;
                }
                continue;
            }
            if (isHere && !resolveConflict(entry.lsn())) {
                return false;
            }
            fresh.add(entry);
        }
        if (!fresh.isEmpty() && fresh.get(0).previousHash() != log.hashAt(log.lastLsn())) {
            standing.halt("entry does not follow the log: " + fresh.get(0).lsn());
            return false;
        }
        standing.append(fresh);
        return true;
    }

    /** Cuts a tail that a deposed owner left; false when more than a tail differs. */
    private boolean resolveConflict(long lsn) {
        long keep = lsn - 1;
        if (keep < standing.commitLsn || keep < standing.log.base().lsn()) {
            standing.halt("committed entry is in conflict with the owner's: " + lsn);
            return false;
        }
        if (keep < standing.handedOutLsn && standing.rules.hold(Rule.DISCARD_APPLIED_TAIL)) {
            standing.discard("applied entries that the next owner does not have, from " + lsn);
            return false;
        }
        standing.truncateAfter(keep);
        return true;
    }

    private void acknowledge(ReplicaId owner, long term) {
        long durable = Math.min(standing.matchedLsn, standing.durableLsn);
        acknowledgedLsn = durable;
        standing.send(new Message.Appended(standing.self, owner, term, durable));
    }
}
