package io.trellisdb.replication.role;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One copy of one partition, under one incarnation: {@code step(event, now) → actions}. It begins from what its host found on
 * disk, follows or owns as configurations say, and ends with its incarnation. See the package documentation; confined to one
 * thread at a time.
 */
public final class Replica {
    private final Standing standing;
    private Role role;

    /** What a replica is doing. */
    public enum RoleName {
        /** Not listed: gives what it has to whoever owns the partition, but counts for nothing. */
        RETIRED,
        CATCH_UP,
        BACKUP,
        /** Appointed; its barrier is not applied yet. */
        SYNCING,
        OWNER,
        /** Lets nothing in any more, to make way for the next owner. */
        RETIRING,
        /** Has stopped for good; the next owner may begin. */
        RELINQUISHED,
        /** Waits for a new incarnation. */
        DISCARDED,
        HALTED
    }

    /**
     * What a host has found on its disk, or {@link #empty} for a new copy.
     *
     * @param commitLsn known to be committed: what the store had applied; an asynchronous owner had written it beside the store
     */
    public record Recovered(long promisedTerm, UpdateLog log, long appliedLsn, long commitLsn) {
        public Recovered {
            if (log.base().lsn() > appliedLsn || appliedLsn > log.lastLsn() || commitLsn > appliedLsn) {
                throw new IllegalArgumentException("recovered positions make no sense: base "
                        + log.base().position() + ", commit " + commitLsn + ", applied " + appliedLsn + ", last "
                        + log.last());
            }
        }

        /** Nothing; but the node may have promised a term in an earlier incarnation. */
        public static Recovered empty(long promisedTerm, ChainHash chainHash) {
            return new Recovered(promisedTerm, new UpdateLog(UpdateLog.Mark.START, chainHash), 0, 0);
        }
    }

    public Replica(int partition, ReplicaId self, Recovered recovered, Rules rules, GroupSettings settings) {
        this.standing = new Standing(partition, self, recovered, rules, settings);
        this.role = new Retired(standing);
    }

    /**
     * What follows from an event.
     *
     * @param nowNanos the node's monotonic clock
     */
    public List<ReplicaAction> step(ReplicaEvent event, long nowNanos) {
        standing.nowNanos = nowNanos;
        if (standing.haltReason == null) {
            dispatch(event);
        }
        return standing.takeActions();
    }

    private void dispatch(ReplicaEvent event) {
        if (event instanceof ReplicaEvent.Received received) {
            received(received.message());
        } else if (event instanceof ReplicaEvent.Proposed proposed) {
            propose(proposed);
        } else if (event instanceof ReplicaEvent.Durable durable) {
            standing.durable(durable.position());
            role.progressed();
        } else if (event instanceof ReplicaEvent.Applied applied) {
            standing.appliedLsn = Math.max(standing.appliedLsn, applied.lsn());
            role.progressed();
        } else if (event instanceof ReplicaEvent.Configured configured) {
            configured(configured.configuration(), configured.timestamp());
        } else if (event instanceof ReplicaEvent.LeaseGranted lease) {
            standing.leaseGranted(lease.untilNanos(), lease.revision());
        } else if (event instanceof ReplicaEvent.LeaseDropped) {
            standing.leaseDropped();
        } else if (event instanceof ReplicaEvent.Checkpointed checkpointed) {
            release(checkpointed.lsn());
        } else if (event instanceof ReplicaEvent.ImageCaptured captured) {
            if (role instanceof Owner owner) {
                owner.imageCaptured(captured);
            }
        } else if (event instanceof ReplicaEvent.ImageInstalled installed) {
            installed(installed);
        } else if (event instanceof ReplicaEvent.ImageFailed failed) {
            notInstalled(failed.imageId());
        } else {
            role.tick();
        }
    }

    /** True whatever the role has become meanwhile: the store is the image now. */
    private void installed(ReplicaEvent.ImageInstalled event) {
        if (standing.installingId != event.imageId()) {
            throw new IllegalStateException("image was not asked for: " + event.imageId());
        }
        standing.installingId = 0;
        standing.installed(event.end());
        if (role instanceof CatchUp catchUp) {
            catchUp.installed(event.imageId());
        }
    }

    private void notInstalled(long imageId) {
        if (standing.installingId == imageId) {
            standing.installingId = 0;
            if (role instanceof CatchUp catchUp) {
                catchUp.notInstalled();
            }
        }
    }

    private void propose(ReplicaEvent.Proposed proposed) {
        if (role instanceof Owner owner) {
            owner.propose(proposed);
        } else {
            standing.act(new ReplicaAction.Refuse(ReplicaAction.Refusal.NOT_OWNER));
        }
    }

    private void received(Message message) {
        if (!message.to().equals(standing.self)) {
            return;
        }
        if (message.term() < standing.promisedTerm && standing.rules.hold(Rule.TERM_FENCE)) {
            if (!(message instanceof Message.Refused)) {
                standing.send(new Message.Refused(standing.self, message.from(), standing.promisedTerm));
            }
            return;
        }
        if (message.term() > standing.promisedTerm) {
            standing.promise(message.term());
            if (role instanceof Owner) {
                follow(standing.configuration);
            }
        }
        role.received(message);
    }

    private void configured(Configuration configuration, long timestamp) {
        if (standing.rules.hold(Rule.CONFIGURATION_ORDER) && !configuration.isAfter(standing.configuration)) {
            return;
        }
        standing.configuration = configuration;
        if (!standing.self.equals(configuration.ownerReplica())) {
            if (configuration.term() > standing.promisedTerm) {
                standing.promise(configuration.term());
            }
            follow(configuration);
        } else if (role instanceof Owner owner && owner.term() == configuration.term()) {
            owner.configured(configuration);
        } else if (mayBegin(configuration.term())) {
            begin(configuration, timestamp);
        } else {
            // The term is used up, perhaps by an earlier process: the master sees that nobody serves and gives a new
            // one.
            follow(configuration);
        }
    }

    private boolean mayBegin(long term) {
        boolean unused = term > standing.promisedTerm
                || (term == standing.promisedTerm && !standing.rules.hold(Rule.ONE_ACTIVATION_PER_TERM));
        return unused && standing.isTakingEntries();
    }

    private void begin(Configuration configuration, long timestamp) {
        role.end();
        standing.promise(configuration.term());
        Owner owner = new Owner(standing, configuration, timestamp);
        role = owner;
        owner.begin();
    }

    private void follow(@Nullable Configuration configuration) {
        RoleName wanted = followerRole(configuration);
        if (role instanceof Owner || role.name() != wanted) {
            role.end();
            role = switch (wanted) {
                case BACKUP -> new Backup(standing);
                case CATCH_UP -> new CatchUp(standing);
                default -> new Retired(standing);
            };
        }
        if (configuration != null) {
            role.configured(configuration);
        }
    }

    private RoleName followerRole(@Nullable Configuration configuration) {
        if (configuration == null) {
            return RoleName.RETIRED;
        }
        if (configuration.inSync().contains(standing.self)) {
            return RoleName.BACKUP;
        }
        return configuration.catchUp().contains(standing.self) ? RoleName.CATCH_UP : RoleName.RETIRED;
    }

    private void release(long checkpointedLsn) {
        long floor = Math.min(Math.min(checkpointedLsn, standing.commitLsn), standing.appliedLsn);
        floor = Math.min(floor, standing.log.lastLsn() - standing.settings.retainEntries());
        floor = Math.min(floor, role.neededLsn());
        if (floor > standing.log.base().lsn()) {
            standing.log.trim(floor);
            standing.act(new ReplicaAction.Release(floor));
        }
    }

    public ReplicaId self() {
        return standing.self;
    }

    public RoleName role() {
        if (standing.haltReason != null) {
            return RoleName.HALTED;
        }
        return standing.discardReason == null ? role.name() : RoleName.DISCARDED;
    }

    public long promisedTerm() {
        return standing.promisedTerm;
    }

    public Position last() {
        return standing.log.last();
    }

    public long durableLsn() {
        return standing.durableLsn;
    }

    public long commitLsn() {
        return standing.commitLsn;
    }

    public long appliedLsn() {
        return standing.appliedLsn;
    }

    /** The newest configuration that it has taken. */
    public Optional<Configuration> configuration() {
        return Optional.ofNullable(standing.configuration);
    }

    /** The kept part of its log, to be read only. */
    public UpdateLog log() {
        return standing.log;
    }

    /** Who must have an entry before it is committed, besides the owner; empty unless it owns. */
    public List<ReplicaId> effective() {
        return role instanceof Owner owner ? owner.effective() : List.of();
    }

    /** The term in which the store can be read as the owner's, or 0 while it cannot. */
    public long servingTerm() {
        return role instanceof Owner owner && owner.isReadable() ? owner.term() : 0;
    }

    /**
     * The gate of strong reads: take {@link #servingTerm} first, read the store, ask this with the time afterwards, then
     * answer. True means that what was read was current at a moment of the call.
     *
     * @param term in which the read began; a copy that has become the owner meanwhile was behind when it was read
     */
    public boolean mayAnswerStrongRead(long term, long nowNanos) {
        return term > 0 && servingTerm() == term && standing.hasLease(nowNanos);
    }

    /** Whether the store has everything that was answered {@code boundNanos} ago. */
    public boolean isFresh(long nowNanos, long boundNanos) {
        return role instanceof Backup backup && standing.discardReason == null && backup.isFresh(nowNanos, boundNanos);
    }
}
