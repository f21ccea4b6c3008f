package io.trellisdb.replication.role;

import io.trellisdb.replication.role.UpdateLog.TermStart;
import io.trellisdb.storage.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The owner's way to the other copies: entries as they are appended, entries again when nothing is heard, and an image for a
 * copy that is not in sync and lacks what the log does not hold any more.
 */
final class Shipping {
    /** Batches under way to one copy. */
    private static final int BATCHES_AHEAD = 16;
    /** Image ids are unique over owners: the term is above these bits. */
    private static final int IMAGE_BITS = 20;

    private final Standing standing;
    private final long term;
    private final Map<Integer, Peer> peers = new TreeMap<>();
    private long images;

    Shipping(Standing standing, long term) {
        this.standing = standing;
        this.term = term;
    }

    void configured(Configuration configuration) {
        peers.values().removeIf(peer -> {
            boolean isListed = configuration
                    .replicaOn(peer.id.node())
                    .filter(peer.id::equals)
                    .isPresent();
            if (!isListed) {
                drop(peer);
            }
            return !isListed;
        });
        configuration.inSync().forEach(this::add);
        configuration.catchUp().forEach(this::add);
    }

    private void add(ReplicaId id) {
        if (!id.equals(standing.self)) {
            peers.computeIfAbsent(id.node(), node -> new Peer(id, standing.log.lastLsn() + 1, standing.nowNanos));
        }
    }

    @Nullable
    Peer peer(ReplicaId id) {
        Peer peer = peers.get(id.node());
        return peer != null && peer.id.equals(id) ? peer : null;
    }

    /** Notes that a copy lives. */
    @Nullable
    Peer heard(ReplicaId id) {
        Peer peer = peer(id);
        if (peer != null) {
            peer.heardNanos = standing.nowNanos;
        }
        return peer;
    }

    /** Sends what was appended. */
    void flush() {
        peers.values().forEach(this::flush);
    }

    private void flush(Peer peer) {
        long ahead = (long) BATCHES_AHEAD * standing.settings.batchEntries();
        while (peer.image == null
                && peer.nextLsn <= standing.log.lastLsn()
                && peer.nextLsn - Math.max(peer.ackedLsn, peer.probeLsn) < ahead) {
            if (!send(peer)) {
                return;
            }
        }
    }

    void tick(List<ReplicaId> members) {
        for (Peer peer : peers.values()) {
            if (peer.image != null) {
                tickImage(peer, members);
            } else if (isDue(peer.sentNanos)) {
                peer.rewind();
                if (send(peer)) {
                    flush(peer);
                }
            }
        }
    }

    private boolean isDue(long sinceNanos) {
        return standing.nowNanos - sinceNanos >= standing.settings.resendNanos();
    }

    /** Sends the next entries, or none when there are none: then it is a sign of life with the commit position. */
    private boolean send(Peer peer) {
        UpdateLog log = standing.log;
        if (peer.nextLsn <= log.base().lsn()) {
            if (isCatchUp(peer.id)) {
                begin(peer);
                return false;
            }
            // A member has everything that is committed, and so the base.
            peer.probe(log.base().lsn() + 1);
        }
        long previous = peer.nextLsn - 1;
        List<JournalEntry> entries = log.from(peer.nextLsn, standing.settings.batchEntries());
        standing.send(new Message.Append(
                standing.self,
                peer.id,
                term,
                version(),
                new Position(log.termAt(previous), previous),
                log.hashAt(previous),
                entries,
                standing.commitLsn));
        peer.nextLsn += entries.size();
        peer.sentNanos = standing.nowNanos;
        return true;
    }

    private long version() {
        Configuration configuration = standing.configuration;
        return configuration == null ? 0 : configuration.version();
    }

    private boolean isCatchUp(ReplicaId id) {
        Configuration configuration = standing.configuration;
        return configuration != null && configuration.catchUp().contains(id);
    }

    void notMatched(Peer peer, Message.NotMatched message) {
        if (peer.image != null || peer.ackedLsn > 0 && peer.ackedLsn >= message.lastLsn()) {
            return;
        }
        long match = match(message);
        if (match >= standing.log.base().lsn()) {
            peer.probe(match + 1);
            flush(peer);
        } else if (isCatchUp(peer.id)) {
            begin(peer);
        } else {
            peer.probe(standing.log.base().lsn() + 1);
            flush(peer);
        }
    }

    /** The last position at which the logs may agree; below the base when it is not in the kept part. */
    private long match(Message.NotMatched message) {
        UpdateLog log = standing.log;
        long lsn = Math.min(message.lastLsn(), log.lastLsn());
        List<TermStart> theirs = message.termStarts();
        int index = theirs.size() - 1;
        while (lsn >= log.base().lsn()) {
            while (index >= 0 && theirs.get(index).lsn() > lsn) {
                index--;
            }
            if (index < 0) {
                return lsn;
            }
            TermStart their = theirs.get(index);
            long mine = log.termAt(lsn);
            if (mine == their.term()) {
                return lsn;
            }
            lsn = (mine > their.term() ? log.termStart(lsn) : their.lsn()) - 1;
        }
        return lsn;
    }

    private void begin(Peer peer) {
        images++;
        long id = (term << IMAGE_BITS) + images;
        peer.image = new Peer.Image(id, standing.nowNanos);
        standing.act(new ReplicaAction.CaptureImage(id, standing.rules.hold(Rule.IMAGE_OF_COMMITTED)));
    }

    void captured(ReplicaEvent.ImageCaptured event, List<ReplicaId> members) {
        for (Peer peer : peers.values()) {
            Peer.Image image = peer.image;
            if (image != null && image.id == event.imageId()) {
                image.end = event.end();
                image.chunks = event.chunks();
                sendChunk(peer, image, members);
                return;
            }
        }
        standing.act(new ReplicaAction.DropImage(event.imageId()));
    }

    void wanted(Peer peer, Message.ImageWanted message, List<ReplicaId> members) {
        Peer.Image image = peer.image;
        if (image == null || image.id != message.imageId() || image.end == null) {
            return;
        }
        image.next = message.next();
        if (image.next >= image.chunks) {
            long next = image.end.lsn() + 1;
            drop(peer);
            peer.probe(next);
            send(peer);
        } else {
            sendChunk(peer, image, members);
        }
    }

    private void tickImage(Peer peer, List<ReplicaId> members) {
        Peer.Image image = peer.image;
        if (image == null || !isDue(image.sentNanos)) {
            return;
        }
        if (!isCatchUp(peer.id)) {
            drop(peer);
        } else {
            sendChunk(peer, image, members);
        }
    }

    private void sendChunk(Peer peer, Peer.Image image, List<ReplicaId> members) {
        UpdateLog.Mark end = image.end;
        if (end == null || members.contains(peer.id)) {
            return;
        }
        image.sentNanos = standing.nowNanos;
        boolean isUsable = end.lsn() <= standing.commitLsn
                || !standing.rules.hold(Rule.IMAGE_WAITS_FOR_COMMIT)
                || !standing.rules.hold(Rule.IMAGE_OF_COMMITTED);
        if (image.next < image.chunks - 1 || isUsable) {
            standing.act(new ReplicaAction.SendChunk(new Message.ImageChunk(
                    standing.self, peer.id, term, image.id, end, image.next, image.chunks, new byte[0], 0)));
        }
    }

    private void drop(Peer peer) {
        if (peer.image != null) {
            standing.act(new ReplicaAction.DropImage(peer.image.id));
            peer.image = null;
        }
    }

    /** What the other copies still need of the log; those that are not in sync only within a bound. */
    long neededLsn(List<ReplicaId> members) {
        long needed = standing.log.lastLsn();
        for (Peer peer : peers.values()) {
            UpdateLog.Mark imageEnd = peer.image == null ? null : peer.image.end;
            long position = peer.ackedLsn > 0 ? peer.ackedLsn : peer.nextLsn - 1;
            if (imageEnd != null) {
                position = imageEnd.lsn();
            }
            boolean mayLag = !members.contains(peer.id);
            if (!mayLag || standing.log.lastLsn() - position <= standing.settings.retainMax()) {
                needed = Math.min(needed, position);
            }
        }
        return needed;
    }

    void end() {
        peers.values().forEach(this::drop);
    }
}
