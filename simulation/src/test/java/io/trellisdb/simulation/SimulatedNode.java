package io.trellisdb.simulation;

import io.trellisdb.common.token.Token;
import io.trellisdb.replication.role.Configuration;
import io.trellisdb.replication.role.MasterRequest;
import io.trellisdb.replication.role.Message;
import io.trellisdb.replication.role.Position;
import io.trellisdb.replication.role.Replica;
import io.trellisdb.replication.role.ReplicaAction;
import io.trellisdb.replication.role.ReplicaEvent;
import io.trellisdb.replication.role.ReplicaId;
import io.trellisdb.replication.role.UpdateLog;
import io.trellisdb.simulation.Coverage.Sometimes;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node: its process comes and goes, its disk stays. Hosts the partition's replica. */
final class SimulatedNode {
    final int id;
    final Disk disk = new Disk();
    private final Cluster cluster;
    private final World world;
    private final double drift;
    private final long offset;
    private int process;
    private boolean isUp;
    private long pausedUntil;
    private Store store = new Store();
    private @Nullable Replica replica;
    private @Nullable SimulatedMaster master;
    private long epochSeen;
    private long heartbeats;
    private Position lastWritten = Position.START;
    private boolean isFlushing;
    private boolean mayHaveLost;
    private boolean isFromImage;
    private final Map<Long, List<Consumer<Answer>>> waiting = new HashMap<>();
    private final Map<Long, Store> images = new HashMap<>();

    /** What a client hears. */
    enum Answer {
        DONE,
        REFUSED,
        UNKNOWN
    }

    SimulatedNode(Cluster cluster, int id) {
        this.cluster = cluster;
        this.world = cluster.world;
        this.id = id;
        this.drift = cluster.scenario.drift(world.disk);
        this.offset = world.disk.nextLong(1_000 * World.SECOND);
        this.disk.incarnation = 1;
    }

    long localNow() {
        return offset + world.now() + (long) (world.now() * drift);
    }

    boolean isUp() {
        return isUp;
    }

    /** Null while the node is down or has not registered. */
    @Nullable
    Replica replica() {
        return isUp ? replica : null;
    }

    Store store() {
        return store;
    }

    int process() {
        return process;
    }

    /** Runs something in this process of the node, later if it is paused, not at all if it is gone. */
    private void inProcess(long delayNanos, Runnable action) {
        int scheduled = process;
        world.after(delayNanos, () -> resume(scheduled, action));
    }

    private void resume(int scheduled, Runnable action) {
        if (!isUp || scheduled != process) {
            return;
        }
        if (world.now() < pausedUntil) {
            world.after(pausedUntil - world.now(), () -> resume(scheduled, action));
        } else {
            action.run();
        }
    }

    /** Something arrives from outside. */
    private void arrived(Runnable action) {
        if (isUp) {
            resume(process, action);
        }
    }

    void pause(long nanos) {
        pausedUntil = Math.max(pausedUntil, world.now() + nanos);
    }

    void start() {
        isUp = true;
        process++;
        pausedUntil = 0;
        replica = null;
        master = null;
        epochSeen = 0;
        isFlushing = false;
        waiting.clear();
        images.clear();
        store = disk.checkpoint.copy();
        mayHaveLost = cluster.scenario.isBuffered() && !disk.wasClean;
        disk.wasClean = false;
        inProcess(0, this::tick);
        inProcess(0, this::beat);
        inProcess(world.disk.nextLong(World.SECOND), this::checkpoint);
        inProcess(World.SECOND, this::flushBehind);
    }

    /** The process ends; with {@code losesPower}, what was not flushed is lost from some point on. */
    void crash(boolean losesPower) {
        if (!isUp) {
            return;
        }
        Replica old = replica;
        if (old != null && old.role() == Replica.RoleName.OWNER) {
            cluster.coverage.saw(Sometimes.OWNER_CRASHED);
        }
        int unflushed = disk.unflushedWrites();
        int survivors = losesPower ? world.disk.nextInt(unflushed + 1) : unflushed;
        if (survivors < unflushed) {
            cluster.coverage.saw(Sometimes.UNFLUSHED_WRITES_LOST);
        }
        disk.crash(survivors);
        isUp = false;
        replica = null;
    }

    void stopCleanly() {
        disk.flush(disk.written());
        disk.wasClean = true;
        crash(false);
    }

    // ---- the master's side

    void masterIs(long epoch, SimulatedMaster newMaster) {
        arrived(() -> {
            if (epoch > epochSeen) {
                epochSeen = epoch;
                master = newMaster;
                step(new ReplicaEvent.LeaseDropped());
            }
        });
    }

    private void beat() {
        SimulatedMaster known = master;
        Replica mine = replica;
        if (known != null && mine == null) {
            int asking = process;
            boolean lost = mayHaveLost;
            int incarnation = disk.incarnation;
            cluster.network.send(id, known.address(), () -> known.register(id, asking, incarnation, lost));
        } else if (known != null) {
            heartbeats++;
            Heartbeat heartbeat = new Heartbeat(
                    id,
                    process,
                    heartbeats,
                    localNow(),
                    epochSeen,
                    mine.self().incarnation(),
                    mine.role(),
                    mine.promisedTerm(),
                    mine.last(),
                    mine.configuration().map(Configuration::revision).orElse(-1L));
            cluster.network.send(id, known.address(), () -> known.heartbeat(heartbeat));
        }
        inProcess(Scenario.HEARTBEAT, this::beat);
    }

    void registered(int forProcess, int incarnation) {
        arrived(() -> {
            if (forProcess == process && replica == null) {
                disk.incarnation = incarnation;
                begin();
            }
        });
    }

    private void begin() {
        UpdateLog log = disk.recover();
        if (store.appliedLsn > log.lastLsn() || store.appliedLsn < log.base().lsn()) {
            // The store is ahead of its journal: under BUFFERED, where this is a new incarnation anyway.
            disk.wipe();
            store = new Store();
            log = disk.recover();
        }
        long commitLsn = Math.min(disk.checkpointCommitLsn, store.appliedLsn);
        isFromImage = false;
        replica = new Replica(
                Cluster.PARTITION,
                new ReplicaId(id, disk.incarnation),
                new Replica.Recovered(disk.promisedTerm, log, store.appliedLsn, commitLsn),
                cluster.mutation.rules(),
                cluster.scenario.settings());
        cluster.invariants.began(this);
    }

    void published(Configuration table) {
        arrived(() -> take(table));
    }

    void heartbeatAnswered(long epoch, SimulatedMaster from, long revision, int forProcess, long sentNanos) {
        arrived(() -> {
            if (forProcess != process || replica == null || epoch < epochSeen) {
                return;
            }
            epochSeen = epoch;
            master = from;
            step(new ReplicaEvent.LeaseGranted(sentNanos + Scenario.LEASE, revision));
        });
    }

    private void take(Configuration table) {
        Replica mine = replica;
        if (mine == null) {
            return;
        }
        int listed = table.replicaOn(id).map(ReplicaId::incarnation).orElse(0);
        if (listed > mine.self().incarnation()) {
            disk.flush(disk.written());
            disk.incarnation = listed;
            waiting.values().forEach(all -> all.forEach(each -> each.accept(Answer.UNKNOWN)));
            waiting.clear();
            images.clear();
            if (mine.role() == Replica.RoleName.DISCARDED) {
                disk.wipe();
                store = new Store();
            } else {
                disk.checkpoint = store.copy();
                disk.checkpointCommitLsn = Math.min(store.appliedLsn, mine.commitLsn());
            }
            process++;
            isFlushing = false;
            inProcess(0, this::tick);
            inProcess(0, this::beat);
            inProcess(0, this::checkpoint);
            inProcess(World.SECOND, this::flushBehind);
            cluster.register.isNewProcess(id, process);
            begin();
        }
        step(new ReplicaEvent.Configured(table, localNow()));
    }

    // ---- the replica's side

    private void tick() {
        step(new ReplicaEvent.Tick());
        inProcess(Scenario.NODE_TICK, this::tick);
    }

    private List<ReplicaAction> step(ReplicaEvent event) {
        Replica mine = replica;
        if (mine == null) {
            return List.of();
        }
        List<ReplicaAction> actions = mine.step(event, localNow());
        for (ReplicaAction action : actions) {
            perform(mine, action);
        }
        return actions;
    }

    private void perform(Replica mine, ReplicaAction action) {
        if (action instanceof ReplicaAction.Send send) {
            send(send.message());
        } else if (action instanceof ReplicaAction.Append append) {
            cluster.invariants.appended(this, mine, append.entries());
            disk.append(append.entries());
            JournalEntry last = append.entries().get(append.entries().size() - 1);
            lastWritten = new Position(last.term(), last.lsn());
            written();
        } else if (action instanceof ReplicaAction.Truncate truncate) {
            cluster.coverage.saw(Sometimes.TAIL_TRUNCATED);
            disk.truncate(truncate.afterLsn());
        } else if (action instanceof ReplicaAction.PersistTerm persist) {
            disk.promisedTerm = Math.max(disk.promisedTerm, persist.term());
        } else if (action instanceof ReplicaAction.Apply apply) {
            apply(apply.entry());
        } else if (action instanceof ReplicaAction.Release) {
            disk.release(mine.log().base());
        } else if (action instanceof ReplicaAction.Ask ask) {
            ask(ask.request());
        } else if (action instanceof ReplicaAction.Halt halt) {
            throw new Violation("I2 or I9, replica stops: " + halt.reason());
        } else if (action instanceof ReplicaAction.Serve serve) {
            cluster.invariants.serves(this, serve.term(), isFromImage);
        } else {
            performOther(mine, action);
        }
    }

    private void performOther(Replica mine, ReplicaAction action) {
        if (action instanceof ReplicaAction.Answer answer) {
            answer(mine, answer.lsn());
        } else if (action instanceof ReplicaAction.GiveUp unknown) {
            reply(unknown.lsn(), Answer.UNKNOWN);
        } else if (action instanceof ReplicaAction.CaptureImage capture) {
            capture(mine, capture);
        } else if (action instanceof ReplicaAction.SendChunk chunk) {
            sendChunk(chunk.header());
        } else if (action instanceof ReplicaAction.DropImage drop) {
            images.remove(drop.imageId());
        } else if (action instanceof ReplicaAction.InstallImage install) {
            inProcess(world.disk.nextLong(20 * World.MILLI), () -> install(mine, install));
        }
    }

    private void send(Message message) {
        if (message instanceof Message.Appended acknowledged) {
            cluster.invariants.acknowledges(this, acknowledged);
        }
        SimulatedNode receiver = cluster.node(message.to().node());
        cluster.network.send(id, receiver.id, () -> receiver.received(message));
    }

    private void received(Message message) {
        arrived(() -> step(new ReplicaEvent.Received(message)));
    }

    private void ask(MasterRequest request) {
        SimulatedMaster known = master;
        if (known != null) {
            cluster.network.send(id, known.address(), () -> known.asked(request));
        }
    }

    private void written() {
        if (cluster.scenario.isBuffered()) {
            Position last = lastWritten;
            inProcess(world.disk.nextLong(World.MILLI / 10), () -> step(new ReplicaEvent.Durable(last)));
        } else if (!isFlushing) {
            flush();
        }
    }

    private void flush() {
        isFlushing = true;
        long mark = disk.written();
        Position last = lastWritten;
        long typical = World.chance(world.disk, 0.02) ? 200 * World.MILLI : World.MILLI;
        inProcess(world.disk.nextLong(typical), () -> {
            disk.flush(mark);
            isFlushing = false;
            step(new ReplicaEvent.Durable(last));
            if (disk.written() > mark) {
                flush();
            }
        });
    }

    private void flushBehind() {
        disk.flush(disk.written());
        inProcess(World.SECOND, this::flushBehind);
    }

    private void apply(JournalEntry entry) {
        store.apply(entry);
        cluster.invariants.applied(this);
        inProcess(world.disk.nextLong(World.MILLI), () -> {
            if (store.appliedLsn >= entry.lsn()) {
                step(new ReplicaEvent.Applied(entry.lsn()));
            }
        });
    }

    private void checkpoint() {
        Replica mine = replica;
        if (mine != null) {
            disk.flush(disk.written());
            disk.checkpoint = store.copy();
            disk.checkpointCommitLsn = Math.min(store.appliedLsn, mine.commitLsn());
            step(new ReplicaEvent.Checkpointed(store.appliedLsn));
        }
        inProcess(World.SECOND / 2 + world.disk.nextLong(World.SECOND), this::checkpoint);
    }

    private void capture(Replica mine, ReplicaAction.CaptureImage capture) {
        Store image = store.copy();
        if (!capture.committedOnly()) {
            for (long lsn = image.appliedLsn + 1; lsn <= mine.log().lastLsn(); lsn++) {
                image.apply(mine.log().entry(lsn));
            }
        }
        images.put(capture.imageId(), image);
        UpdateLog.Mark end = mine.log().markAt(image.appliedLsn);
        int chunks = 1 + world.disk.nextInt(3);
        inProcess(
                world.disk.nextLong(10 * World.MILLI),
                () -> step(new ReplicaEvent.ImageCaptured(capture.imageId(), end, chunks)));
    }

    private void sendChunk(Message.ImageChunk header) {
        Store image = images.get(header.imageId());
        if (image != null) {
            cluster.imagesOnTheWay.put(header.imageId(), image);
            send(header);
        }
    }

    private void install(Replica mine, ReplicaAction.InstallImage install) {
        Store image = cluster.imagesOnTheWay.get(install.imageId());
        if (mine != replica) {
            return;
        }
        if (image == null || World.chance(world.disk, 0.05)) {
            step(new ReplicaEvent.ImageFailed(install.imageId()));
            return;
        }
        cluster.invariants.installs(this, mine);
        cluster.coverage.saw(Sometimes.IMAGE_INSTALLED);
        isFromImage = true;
        store = image.copy();
        disk.installed(install.end(), image);
        step(new ReplicaEvent.ImageInstalled(install.imageId(), install.end()));
    }

    // ---- the clients' side

    void write(Token token, long key, long value, Consumer<Answer> reply) {
        arrived(() -> {
            Replica mine = replica;
            if (mine == null) {
                reply.accept(Answer.REFUSED);
            } else if (mine.role() == Replica.RoleName.OWNER && store.tokens.containsKey(Store.name(token))) {
                cluster.coverage.saw(Sometimes.STATEMENT_REPEATED);
                reply.accept(Answer.DONE);
            } else {
                propose(mine, token, key, value, reply);
            }
        });
    }

    private void propose(Replica mine, Token token, long key, long value, Consumer<Answer> reply) {
        ReplicaEvent proposed = new ReplicaEvent.Proposed(
                token, null, List.of(new Operation.ReserveCounter(key, 0, value)), localNow());
        long lastBefore = mine.last().lsn();
        List<ReplicaAction> actions = mine.step(proposed, localNow());
        for (ReplicaAction action : actions) {
            if (action instanceof ReplicaAction.Refuse) {
                reply.accept(Answer.REFUSED);
            } else if (action instanceof ReplicaAction.Join join) {
                cluster.coverage.saw(Sometimes.STATEMENT_JOINED);
                waiting.computeIfAbsent(join.lsn(), lsn -> new ArrayList<>()).add(reply);
            }
        }
        if (mine.last().lsn() > lastBefore) {
            waiting.computeIfAbsent(lastBefore + 1, lsn -> new ArrayList<>()).add(reply);
        }
        actions.forEach(action -> perform(mine, action));
    }

    private void answer(Replica mine, long lsn) {
        cluster.invariants.answered(mine, lsn);
        reply(lsn, Answer.DONE);
    }

    private void reply(long lsn, Answer answer) {
        List<Consumer<Answer>> replies = waiting.remove(lsn);
        if (replies != null) {
            replies.forEach(each -> each.accept(answer));
        }
    }

    /** A strong read: look at the store, let time pass, ask the gate, answer. */
    void read(Invariants.Read read) {
        arrived(() -> {
            Replica mine = replica;
            if (mine == null) {
                return;
            }
            long term = mine.servingTerm();
            boolean isDirty = cluster.mutates(Mutation.DIRTY_READ);
            long seen = isDirty ? mine.last().lsn() : store.appliedLsn;
            if (!mine.log().knows(seen)) {
                return;
            }
            long hash = mine.log().hashAt(seen);
            inProcess(world.workload.nextLong(20 * World.MILLI), () -> {
                if (mine == replica && mine.mayAnswerStrongRead(term, localNow())) {
                    cluster.invariants.strongRead(read, seen, hash);
                } else if (mine == replica && mine.role() == Replica.RoleName.OWNER) {
                    cluster.coverage.saw(Sometimes.STRONG_READ_REFUSED_BY_LEASE);
                }
            });
        });
    }

    void readFromBackup() {
        arrived(() -> {
            Replica mine = replica;
            if (mine != null && mine.isFresh(localNow(), Scenario.STALENESS)) {
                cluster.invariants.backupRead(store.appliedLsn);
            }
        });
    }
}
