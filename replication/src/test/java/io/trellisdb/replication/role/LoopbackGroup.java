package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Copies of one partition whose messages arrive at once and whose disks are instant, unless a node is cut off. */
final class LoopbackGroup {
    static final long SECOND = 1_000_000_000L;
    static final GroupSettings SETTINGS =
            new GroupSettings(GroupSettings.Mode.SEMI_SYNC, 1, 10 * SECOND, 30 * SECOND, SECOND / 4, 4, 50, 3, 2, 8);

    final Map<Integer, Replica> replicas = new TreeMap<>();
    final Map<Integer, List<Long>> applied = new TreeMap<>();
    final Set<Integer> cutOff = new TreeSet<>();
    final List<MasterRequest> requests = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    private final Deque<Message> network = new ArrayDeque<>();
    private final GroupSettings settings;
    long now = 1;
    private long revision;
    private int images;

    LoopbackGroup(GroupSettings settings) {
        this.settings = settings;
    }

    static ReplicaId id(int node) {
        return new ReplicaId(node, 1);
    }

    static long hash(JournalEntry entry) {
        return 31 * (31 * entry.previousHash() + entry.term())
                + entry.lsn()
                + entry.operations().hashCode();
    }

    void add(ReplicaId id) {
        add(id, Replica.Recovered.empty(0, LoopbackGroup::hash));
    }

    void add(ReplicaId id, Replica.Recovered recovered) {
        replicas.put(id.node(), new Replica(4, id, recovered, Rules.ALL, settings));
        applied.put(id.node(), new ArrayList<>());
    }

    Replica replica(int node) {
        return replicas.get(node);
    }

    /** Publishes a row, with a lease for everybody, to all nodes that are not cut off. */
    void publish(long term, long version, ReplicaId owner, List<ReplicaId> inSync, List<ReplicaId> catchUp) {
        publish(new Configuration(1, ++revision, term, version, owner, inSync, catchUp, null));
    }

    void publish(Configuration configuration) {
        for (int node : List.copyOf(replicas.keySet())) {
            if (!cutOff.contains(node)) {
                step(node, new ReplicaEvent.LeaseGranted(now + 1_000 * SECOND, configuration.revision()));
                step(node, new ReplicaEvent.Configured(configuration, now));
            }
        }
        deliver();
    }

    void propose(int node, long value) {
        step(node, new ReplicaEvent.Proposed(null, null, List.of(new Operation.ReserveCounter(value, 0, value)), now));
        deliver();
    }

    /** Lets time pass in small steps. */
    void pass(long nanos) {
        long end = now + nanos;
        while (now < end) {
            now += SECOND / 4;
            for (int node : List.copyOf(replicas.keySet())) {
                step(node, new ReplicaEvent.Tick());
            }
            deliver();
        }
    }

    void deliver() {
        Message message = network.poll();
        while (message != null) {
            boolean passes = !cutOff.contains(message.from().node())
                    && !cutOff.contains(message.to().node());
            if (passes && replicas.containsKey(message.to().node())) {
                step(message.to().node(), new ReplicaEvent.Received(message));
            }
            message = network.poll();
        }
    }

    void step(int node, ReplicaEvent event) {
        for (ReplicaAction action : replicas.get(node).step(event, now)) {
            perform(node, action);
        }
    }

    private void perform(int node, ReplicaAction action) {
        if (action instanceof ReplicaAction.Send send) {
            network.add(send.message());
        } else if (action instanceof ReplicaAction.Append append) {
            JournalEntry last = append.entries().get(append.entries().size() - 1);
            step(node, new ReplicaEvent.Durable(new Position(last.term(), last.lsn())));
        } else if (action instanceof ReplicaAction.Apply apply) {
            apply.entry().operations().forEach(each -> applied.get(node).add(each.containerId()));
            step(node, new ReplicaEvent.Applied(apply.entry().lsn()));
        } else if (action instanceof ReplicaAction.Ask ask) {
            requests.add(ask.request());
        } else if (action instanceof ReplicaAction.CaptureImage capture) {
            images++;
            UpdateLog.Mark end = replica(node).log().markAt(replica(node).appliedLsn());
            step(node, new ReplicaEvent.ImageCaptured(capture.imageId(), end, 3));
        } else if (action instanceof ReplicaAction.SendChunk chunk) {
            network.add(chunk.header());
        } else if (action instanceof ReplicaAction.InstallImage install) {
            step(node, new ReplicaEvent.ImageInstalled(install.imageId(), install.end()));
        } else if (!(action instanceof ReplicaAction.PersistTerm || action instanceof ReplicaAction.Truncate)) {
            told.add(node + ": " + action);
        }
    }

    int images() {
        return images;
    }
}
