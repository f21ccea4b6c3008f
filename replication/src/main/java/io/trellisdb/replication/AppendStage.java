package io.trellisdb.replication;

import io.trellisdb.replication.role.OwnerAction;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A writer's way into the journal: sealed statements in the order of their arrival. What concerns this writer alone is
 * coalesced; a group over several writers is appended by the last one it visits. Confined like its writer.
 */
final class AppendStage {
    private final Writer writer;
    private final OwnerSurroundings surroundings;
    private final Deque<AppendGroup> queue = new ArrayDeque<>();
    private final List<JournalEntry> coalesced = new ArrayList<>();
    private long coalescedBytes;
    /** The group that has been here and is not in the journal yet. */
    private @Nullable AppendGroup awaited;

    AppendStage(Writer writer, OwnerSurroundings surroundings) {
        this.writer = writer;
        this.surroundings = surroundings;
    }

    /** Sealed statements in here are bounded by the writers' admission. */
    void add(AppendGroup group) {
        queue.add(group);
    }

    /** Entries that belong to no statement. */
    void addAll(List<OwnerAction> actions) {
        for (OwnerAction action : actions) {
            coalesced.add(((OwnerAction.Append) action).entry());
        }
    }

    void resume() {
        awaited = null;
    }

    void run() {
        while (awaited == null && !queue.isEmpty()) {
            AppendGroup group = queue.remove();
            if (group.isLocal()) {
                collect(group, coalesced);
                if (coalescedBytes > surroundings.settings().maxGroupBytes()) {
                    flush();
                }
            } else {
                // What was proposed before must be in the journal before.
                flush();
                visit(group);
            }
        }
        flush();
    }

    private void visit(AppendGroup group) {
        collect(group, group.entries());
        coalescedBytes = 0;
        if (group.endsAt(writer)) {
            append(group.entries(), group.writers());
            for (Writer other : group.writers()) {
                if (other != writer) {
                    other.send(new WriterEvent.Resume());
                }
            }
        } else {
            awaited = group;
            group.after(writer).send(new WriterEvent.Append(group));
        }
    }

    private void collect(AppendGroup group, List<JournalEntry> target) {
        for (StatementPart part : group.parts()) {
            if (part.writer() == writer) {
                part.appended();
                OwnedPartition partition = writer.partition(part.partition());
                long now = surroundings.hybridClock().next();
                for (OwnerAction action : partition.propose(part, now)) {
                    target.add(((OwnerAction.Append) action).entry());
                }
                coalescedBytes += OperationSize.of(part.operations());
            }
        }
    }

    private void flush() {
        if (!coalesced.isEmpty()) {
            List<JournalEntry> group = List.copyOf(coalesced);
            coalesced.clear();
            coalescedBytes = 0;
            append(group, List.of(writer));
        }
    }

    private void append(List<JournalEntry> group, List<Writer> writers) {
        Map<Integer, Long> lsns = new HashMap<>();
        for (JournalEntry entry : group) {
            lsns.merge(entry.partition(), entry.lsn(), Math::max);
        }
        surroundings.metrics().appends.increment();
        surroundings.metrics().entries.add(group.size());
        surroundings.store().journal().append(List.copyOf(group), new Journal.DurabilityListener() {
            @Override
            public void durable() {
                writers.forEach(each -> each.send(new WriterEvent.Durable(lsns)));
            }

            @Override
            public void failed(RuntimeException cause) {
                surroundings.failures().accept(cause);
            }
        });
    }

    void clear() {
        awaited = null;
        coalesced.clear();
        coalescedBytes = 0;
        queue.clear();
    }
}
