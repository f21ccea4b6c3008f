package io.trellisdb.coordination.metadata;

import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataEvent;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.Registration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The applied records in memory, their latest changes and who watches them. Any thread may call it; guarded by itself. */
public final class MetadataTree {
    /** Commits that are kept for watchers who come or fall behind; the others get an image. */
    static final int HISTORY_COMMITS_MAX = 1_000;

    private final Executor listeners;
    private final NavigableMap<String, MetadataRecord> records = new TreeMap<>();
    private final Deque<LogEntry> history = new ArrayDeque<>();
    private final Set<Watch> watches = new LinkedHashSet<>();
    private long revision;
    private long epoch;

    public MetadataTree(Executor listeners) {
        this.listeners = listeners;
    }

    public synchronized long revision() {
        return revision;
    }

    /** The epoch number of the last commit. */
    public synchronized long epoch() {
        return epoch;
    }

    public synchronized Optional<MetadataRecord> find(String key) {
        return Optional.ofNullable(records.get(key));
    }

    public synchronized MetadataImage image(String prefix) {
        List<MetadataRecord> found = new ArrayList<>();
        for (MetadataRecord each : records.tailMap(prefix, true).values()) {
            if (!each.key().startsWith(prefix)) {
                break;
            }
            found.add(each);
        }
        return new MetadataImage(revision, found);
    }

    /** The revision that wrote a key's record; 0 when there is none. */
    public synchronized long revisionOf(String key) {
        MetadataRecord each = records.get(key);
        return each == null ? 0 : each.revision();
    }

    /** The first condition that does not hold. */
    public synchronized Optional<MetadataCommit.Condition> findConflict(MetadataCommit commit) {
        return commit.conditions().stream()
                .filter(condition -> revisionOf(condition.key()) != condition.revision())
                .findFirst();
    }

    /** Applies the next commit and tells the watchers. */
    public synchronized void apply(LogEntry entry) {
        if (entry.revision() != revision + 1) {
            throw new IllegalStateException("commit out of order: " + entry.revision() + " after " + revision);
        }
        revision = entry.revision();
        epoch = entry.epoch();
        for (MetadataChange change : entry.changes()) {
            if (change instanceof MetadataChange.Put put) {
                records.put(put.key(), new MetadataRecord(put.key(), revision, put.value()));
            } else {
                records.remove(change.key());
            }
        }
        history.add(entry);
        if (history.size() > HISTORY_COMMITS_MAX) {
            history.remove();
        }
        watches.forEach(watch -> watch.offer(entry));
    }

    /** The bytes of keys and values that changes carry, about. */
    public static long sizeOf(List<MetadataChange> changes) {
        long bytes = 0;
        for (MetadataChange change : changes) {
            bytes += change.key().length();
            bytes += change instanceof MetadataChange.Put put ? put.value().length : 0;
        }
        return bytes;
    }

    public synchronized Registration watch(String prefix, long afterRevision, Consumer<MetadataEvent> listener) {
        Watch watch = new Watch(this, prefix, listener, new SerialTasks(listeners));
        LogEntry oldest = history.peek();
        long forgotten = oldest == null ? revision : oldest.revision() - 1;
        if (afterRevision == 0 || afterRevision < forgotten || afterRevision > revision) {
            watch.offerImage();
        } else {
            for (LogEntry entry : history) {
                if (entry.revision() > afterRevision) {
                    watch.offer(entry);
                }
            }
        }
        watches.add(watch);
        return watch;
    }

    synchronized void remove(Watch watch) {
        watches.remove(watch);
    }

    /** Replaces everything by what an image holds; watchers get an image, too. */
    public synchronized void replace(LogFormat.Image image) {
        if (image.revision() < revision) {
            throw new IllegalStateException("image is older than the tree: " + image.revision() + ", " + revision);
        }
        records.clear();
        history.clear();
        image.records().forEach(each -> records.put(each.key(), each));
        revision = image.revision();
        epoch = image.epoch();
        watches.forEach(Watch::offerImage);
    }
}
