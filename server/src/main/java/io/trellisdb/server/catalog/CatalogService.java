package io.trellisdb.server.catalog;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.MetadataStore;
import io.trellisdb.replication.IndexBuild;
import io.trellisdb.replication.PartitionOwners;
import io.trellisdb.server.catalog.CatalogEdits.Following;
import io.trellisdb.sql.session.CatalogChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog of a node that is master: reads the image, makes changes, has partitions follow. Safe for all threads; the lock
 * guards the image's replacement and what is busy.
 */
public final class CatalogService implements AutoCloseable {
    /** Removals that may wait; more stay recorded and are done at the next start. */
    private static final int BACKGROUND_TASKS = 10_000;

    private static final long STOP_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(CatalogService.class);

    private final MetadataStore metadata;
    private final Epoch epoch;
    private final int partitions;
    private final ThreadPoolExecutor background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Long> busyContainers = new HashSet<>();
    private volatile Catalog image = Catalog.empty();
    private long nextId;
    private long headRevision;
    private volatile @Nullable PartitionOwners owners;

    /** @param epoch in whose name changes are committed */
    public CatalogService(MetadataStore metadata, Epoch epoch, int partitions) {
        this.metadata = metadata;
        this.epoch = epoch;
        this.partitions = partitions;
        this.background =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(BACKGROUND_TASKS), task -> {
                    Thread thread = new Thread(task, "trellis-catalog");
                    thread.setDaemon(true);
                    return thread;
                });
        background.allowCoreThreadTimeOut(true);
    }

    /** Reads the image from the metadata, or makes the first one with its default database. */
    public void open() {
        lock.lock();
        try {
            load();
            if (headRevision == 0) {
                CatalogDraft draft = new CatalogDraft(image, 1);
                draft.put(new DatabaseDescriptor(draft.takeId(), DatabaseDescriptor.DEFAULT_NAME));
                commit(draft);
            }
        } finally {
            lock.unlock();
        }
    }

    private void load() {
        MetadataImage records = metadata.image(CatalogRecords.PREFIX);
        List<DatabaseDescriptor> databases = new ArrayList<>();
        List<ContainerDescriptor> containers = new ArrayList<>();
        List<ViewDescriptor> views = new ArrayList<>();
        for (MetadataRecord each : records.records()) {
            if (each.key().equals(CatalogRecords.HEAD)) {
                nextId = CatalogRecords.decodeHead(each.value());
                headRevision = each.revision();
            } else if (each.key().startsWith(CatalogRecords.DATABASE)) {
                databases.add(CatalogRecords.decodeDatabase(each.value()));
            } else if (each.key().startsWith(CatalogRecords.CONTAINER)) {
                containers.add(CatalogRecords.decodeContainer(each.value()));
            } else if (each.key().startsWith(CatalogRecords.VIEW)) {
                views.add(CatalogRecords.decodeView(each.value()));
            }
        }
        image = Catalog.of(headRevision, databases, containers, views);
    }

    /** From now on changes may be made; what a stop cut short goes on. */
    public void serve(PartitionOwners partitionOwners) {
        owners = partitionOwners;
        metadata.image(CatalogRecords.DROPPED).records().forEach(each -> removeRows(CatalogRecords.idOf(each.key())));
        for (ContainerDescriptor container : image.containers()) {
            for (IndexDescriptor index : container.indexes()) {
                boolean isUnfinished = index.state() == IndexDescriptor.State.WRITE_ONLY
                        || index.state() == IndexDescriptor.State.BACKFILL;
                if (isUnfinished) {
                    resume(container, index);
                }
            }
        }
    }

    private void resume(ContainerDescriptor container, IndexDescriptor index) {
        lock.lock();
        try {
            busyContainers.add(container.id());
        } finally {
            lock.unlock();
        }
        LOG.info("index build goes on: {} on {}", index.name(), container.name());
        inBackground(() -> {
            try {
                buildIndex(container.id(), index.id());
            } catch (TrellisException e) {
                LOG.warn("index could not be built: {} on {}, {}", index.name(), container.name(), e.getMessage());
            }
        });
    }

    /** The newest image. */
    public Catalog catalog() {
        return image;
    }

    /**
     * Makes a change and waits until the partitions follow it.
     *
     * @throws TrellisException when the object exists, is gone, is busy, or another change came between
     */
    public Catalog change(CatalogChange change) {
        Following following = commit(change);
        if (following instanceof Following.Define define) {
            await(owners().defineNow(define.containerId()));
        } else if (following instanceof Following.Drop drop) {
            drop.containerIds().forEach(this::removeRows);
        } else if (following instanceof Following.BuildIndex build) {
            buildIndex(build.containerId(), build.indexId());
        }
        return image;
    }

    private Following commit(CatalogChange change) {
        return edit(edits -> {
            requireIdle(change);
            Following following = edits.apply(change);
            if (following instanceof Following.BuildIndex build) {
                busyContainers.add(build.containerId());
            }
            return following;
        });
    }

    private Following edit(Function<CatalogEdits, Following> edit) {
        lock.lock();
        try {
            CatalogDraft draft = new CatalogDraft(image, nextId);
            Following following = edit.apply(new CatalogEdits(image, draft, partitions));
            if (!(following instanceof Following.Unchanged)) {
                try {
                    commit(draft);
                } catch (TrellisException e) {
                    if (following instanceof Following.BuildIndex build) {
                        busyContainers.remove(build.containerId());
                    }
                    throw e;
                }
            }
            return following;
        } finally {
            lock.unlock();
        }
    }

    private void requireIdle(CatalogChange change) {
        Set<Long> touched = new HashSet<>();
        if (change instanceof CatalogChange.DropContainer drop) {
            touched.add(drop.containerId());
        } else if (change instanceof CatalogChange.AlterContainer alter) {
            touched.add(alter.container().id());
        } else if (change instanceof CatalogChange.CreateIndex create) {
            touched.add(create.containerId());
        } else if (change instanceof CatalogChange.DropIndex drop) {
            touched.add(drop.containerId());
        } else if (change instanceof CatalogChange.DropDatabase drop) {
            image.findDatabase(drop.name()).ifPresent(database -> image.containers(database.id())
                    .forEach(container -> touched.add(container.id())));
        }
        touched.retainAll(busyContainers);
        if (!touched.isEmpty()) {
            String name = image.findContainer(touched.iterator().next())
                    .map(ContainerDescriptor::name)
                    .orElse("");
            throw new TrellisException(
                    ErrorCode.OBJECT_IN_USE, "an index of the table is being built, try again later: " + name);
        }
    }

    /** Under the lock. */
    private void commit(CatalogDraft draft) {
        MetadataCommit commit = draft.commit(headRevision);
        CommitOutcome outcome = metadata.commit(epoch, commit);
        if (outcome instanceof CommitOutcome.Applied applied) {
            nextId = draft.nextId();
            headRevision = applied.revision();
            image = draft.image(applied.revision());
            return;
        }
        throw failure(outcome);
    }

    private static TrellisException failure(CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Refused refused) {
            ErrorCode code =
                    switch (refused.reason()) {
                        case NOT_LEADER, WRONG_EPOCH, NO_QUORUM -> ErrorCode.NOT_READY;
                        case TOO_LARGE -> ErrorCode.LIMIT_EXCEEDED;
                        case STORAGE -> ErrorCode.IO_ERROR;
                    };
            return new TrellisException(code, "definition was not changed: " + refused.explanation());
        }
        if (outcome instanceof CommitOutcome.Unknown unknown) {
            return new TrellisException(
                    ErrorCode.OUTCOME_UNKNOWN, "definition may have been changed: " + unknown.explanation());
        }
        return new TrellisException(
                ErrorCode.CATALOG_CONFLICT, "definition was changed by another node, try again: " + outcome);
    }

    /** Builds an index of a container that is marked as busy, and unmarks it. */
    private void buildIndex(long containerId, long indexId) {
        try {
            IndexBuild end = await(owners().buildIndex(containerId, indexId));
            if (end instanceof IndexBuild.Failed failed) {
                dropIndex(containerId, indexId);
                throw failed.reason();
            }
            edit(edits -> {
                edits.publishIndex(containerId, indexId);
                return new Following.Nothing();
            });
        } catch (TrellisException e) {
            boolean isStillThere = image.findContainer(containerId).stream()
                    .flatMap(container -> container.indexes().stream())
                    .anyMatch(index -> index.id() == indexId && index.state() != IndexDescriptor.State.PUBLIC);
            // A node that stops or has failed builds on after its restart.
            if (isStillThere && owners().state() == PartitionOwners.State.STARTED) {
                dropIndex(containerId, indexId);
            }
            throw e;
        } finally {
            lock.lock();
            try {
                busyContainers.remove(containerId);
            } finally {
                lock.unlock();
            }
        }
    }

    private void dropIndex(long containerId, long indexId) {
        edit(edits -> edits.apply(new CatalogChange.DropIndex(containerId, indexId)));
        await(owners().defineNow(containerId));
    }

    /** Nobody sees the rows of a dropped container any more; removing them takes its time, and is recorded until it is done. */
    private void removeRows(long containerId) {
        inBackground(() -> {
            try {
                await(owners().drop(containerId));
                MetadataCommit done = MetadataCommit.builder()
                        .delete(CatalogRecords.key(CatalogRecords.DROPPED, containerId))
                        .build();
                metadata.commit(epoch, done);
            } catch (TrellisException e) {
                LOG.warn("rows of a dropped table are removed at the next start: {}, {}", containerId, e.getMessage());
            }
        });
    }

    private void inBackground(Runnable task) {
        try {
            background.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.warn("catalog has too much to do in the background: it is done at the next start");
        }
    }

    private PartitionOwners owners() {
        return Objects.requireNonNull(owners, "catalog does not serve yet");
    }

    private static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TrellisException known) {
                throw known;
            }
            throw e;
        }
    }

    /** Ends what runs in the background: to be called when the owners have ended, so that nothing waits for them. */
    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("catalog is still busy at the end; it goes on at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
