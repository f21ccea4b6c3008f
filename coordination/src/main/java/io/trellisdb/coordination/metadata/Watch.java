package io.trellisdb.coordination.metadata;

import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataEvent;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.Registration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One watcher: what it has still to hear. When it falls too far behind, what waits is replaced by an image. Guarded by itself;
 * never calls the tree or the listener while it is.
 */
final class Watch implements Registration {
    private final MetadataTree tree;
    private final String prefix;
    private final Consumer<MetadataEvent> listener;
    private final SerialTasks tasks;
    private final Queue<MetadataEvent> waiting = new ArrayDeque<>();
    private boolean needsImage;
    private boolean closed;
    /** Only touched by the tasks, which run one at a time. */
    private long heard;

    Watch(MetadataTree tree, String prefix, Consumer<MetadataEvent> listener, SerialTasks tasks) {
        this.tree = tree;
        this.prefix = prefix;
        this.listener = listener;
        this.tasks = tasks;
    }

    void offer(LogEntry entry) {
        List<MetadataChange> mine = entry.changes().stream()
                .filter(change -> change.key().startsWith(prefix))
                .toList();
        if (mine.isEmpty()) {
            return;
        }
        synchronized (this) {
            if (closed || needsImage) {
                return;
            }
            waiting.add(new MetadataEvent.Changes(entry.revision(), mine));
            if (waiting.size() > MetadataTree.HISTORY_COMMITS_MAX) {
                waiting.clear();
                needsImage = true;
            }
        }
        tasks.add(this::deliver);
    }

    void offerImage() {
        synchronized (this) {
            needsImage = true;
        }
        tasks.add(this::deliver);
    }

    @Override
    public void close() {
        tree.remove(this);
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
    }

    private void deliver() {
        if (takeImageNeed()) {
            // What is applied between these two lines is both in the image and waiting: the revision tells.
            MetadataImage image = tree.image(prefix);
            heard = image.revision();
            listener.accept(new MetadataEvent.Image(image));
        }
        MetadataEvent event = next();
        while (event != null) {
            if (event.revision() > heard) {
                heard = event.revision();
                listener.accept(event);
            }
            event = next();
        }
    }

    private synchronized boolean takeImageNeed() {
        boolean needed = needsImage && !closed;
        needsImage = false;
        return needed;
    }

    private synchronized @Nullable MetadataEvent next() {
        return closed || needsImage ? null : waiting.poll();
    }
}
