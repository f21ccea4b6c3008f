package io.trellisdb.server.catalog;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.session.CatalogChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each change does to the image: pure, checked once more against the image that it will be committed on. */
final class CatalogEdits {
    private final Catalog before;
    private final CatalogDraft draft;
    private final int partitions;

    CatalogEdits(Catalog before, CatalogDraft draft, int partitions) {
        this.before = before;
        this.draft = draft;
        this.partitions = partitions;
    }

    /** What partitions have to do after a change. */
    sealed interface Following {
        /** Nothing was changed at all. */
        record Unchanged() implements Following {}

        record Nothing() implements Following {}

        record Define(long containerId) implements Following {}

        record Drop(List<Long> containerIds) implements Following {}

        record BuildIndex(long containerId, long indexId) implements Following {}
    }

    /** Makes the change in the draft; a {@link TrellisException} says why it cannot be made. */
    Following apply(CatalogChange change) {
        if (change instanceof CatalogChange.CreateDatabase create) {
            return createDatabase(create);
        } else if (change instanceof CatalogChange.DropDatabase drop) {
            return dropDatabase(drop);
        } else if (change instanceof CatalogChange.CreateContainer create) {
            return createContainer(create);
        } else if (change instanceof CatalogChange.DropContainer drop) {
            return dropContainers(List.of(container(drop.containerId())));
        } else if (change instanceof CatalogChange.AlterContainer alter) {
            return alterContainer(alter.container());
        } else if (change instanceof CatalogChange.CreateIndex create) {
            return createIndex(create);
        } else if (change instanceof CatalogChange.DropIndex drop) {
            return dropIndex(drop);
        } else if (change instanceof CatalogChange.CreateView create) {
            return createView(create);
        } else if (change instanceof CatalogChange.DropView drop) {
            return dropView(drop.viewId());
        }
        throw new IllegalStateException("unknown change: " + change);
    }

    private Following createDatabase(CatalogChange.CreateDatabase create) {
        boolean isTaken = before.findDatabase(create.name()).isPresent()
                || create.name().equals(DatabaseDescriptor.INFORMATION_SCHEMA);
        if (isTaken) {
            if (create.ifNotExists()) {
                return new Following.Unchanged();
            }
            throw new TrellisException(ErrorCode.DUPLICATE_DATABASE, "database exists already: " + create.name());
        }
        draft.put(new DatabaseDescriptor(draft.takeId(), create.name()));
        return new Following.Nothing();
    }

    private Following dropDatabase(CatalogChange.DropDatabase drop) {
        Optional<DatabaseDescriptor> found = before.findDatabase(drop.name());
        if (found.isEmpty()) {
            if (drop.ifExists()) {
                return new Following.Unchanged();
            }
            throw new TrellisException(ErrorCode.UNKNOWN_DATABASE, "database does not exist: " + drop.name());
        }
        if (drop.name().equals(DatabaseDescriptor.DEFAULT_NAME)) {
            throw new TrellisException(
                    ErrorCode.WRONG_OBJECT_STATE, "the default database cannot be dropped: " + drop.name());
        }
        long id = found.get().id();
        List<ContainerDescriptor> containers = before.containers(id);
        List<ViewDescriptor> views = before.views(id);
        if (!drop.cascade() && !(containers.isEmpty() && views.isEmpty())) {
            throw new TrellisException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "database is not empty: " + drop.name() + " has " + (containers.size() + views.size())
                            + " tables and views, drop them first or use CASCADE");
        }
        views.forEach(view -> draft.dropView(view.id()));
        Following following = dropContainers(containers);
        draft.dropDatabase(id);
        return following;
    }

    private Following dropContainers(List<ContainerDescriptor> containers) {
        containers.forEach(container -> draft.dropContainer(container.id()));
        return new Following.Drop(
                containers.stream().map(ContainerDescriptor::id).toList());
    }

    private Following createContainer(CatalogChange.CreateContainer create) {
        ContainerDescriptor asked = create.container();
        DatabaseDescriptor database = database(asked.databaseId());
        if (before.findContainer(database.id(), asked.name()).isPresent()) {
            if (create.ifNotExists()) {
                return new Following.Unchanged();
            }
            throw new TrellisException(
                    ErrorCode.DUPLICATE_TABLE, "table exists already: " + database.name() + "." + asked.name());
        }
        if (before.findView(database.id(), asked.name()).isPresent()) {
            throw new TrellisException(
                    ErrorCode.DUPLICATE_TABLE, "a view has that name: " + database.name() + "." + asked.name());
        }
        long id = draft.takeId();
        List<IndexDescriptor> indexes = new ArrayList<>();
        for (IndexDescriptor index : asked.indexes()) {
            indexes.add(new IndexDescriptor(
                    draft.takeId(),
                    index.name(),
                    index.unique(),
                    index.constraint(),
                    index.columns(),
                    IndexDescriptor.State.PUBLIC));
        }
        draft.put(new ContainerDescriptor(
                id,
                asked.version(),
                asked.databaseId(),
                asked.name(),
                asked.kind(),
                asked.columns(),
                asked.primaryKey(),
                indexes,
                asked.checks(),
                asked.foreignKeys(),
                partitioning(database, asked, create.colocateWith()),
                asked.options(),
                asked.nextColumnId()));
        return new Following.Nothing();
    }

    private Partitioning partitioning(
            DatabaseDescriptor database, ContainerDescriptor asked, Optional<Long> colocateWith) {
        if (!(asked.partitioning() instanceof Partitioning.Whole)) {
            return asked.partitioning();
        }
        if (colocateWith.isEmpty()) {
            return new Partitioning.Whole(RoutingHash.containerPartition(database.name(), asked.name(), partitions));
        }
        ContainerDescriptor beside = container(colocateWith.get());
        if (beside.partitioning() instanceof Partitioning.Whole whole) {
            return whole;
        }
        throw new TrellisException(
                ErrorCode.INVALID_TABLE_DEFINITION,
                "table cannot be placed beside a partitioned one: " + beside.name());
    }

    private Following alterContainer(ContainerDescriptor changed) {
        ContainerDescriptor current = container(changed.id());
        if (changed.version() != current.version() + 1) {
            throw conflict(current.name());
        }
        boolean isRenamed = !changed.name().equals(current.name());
        boolean isTaken =
                before.findContainer(changed.databaseId(), changed.name()).isPresent()
                        || before.findView(changed.databaseId(), changed.name()).isPresent();
        if (isRenamed && isTaken) {
            throw new TrellisException(ErrorCode.DUPLICATE_TABLE, "table exists already: " + changed.name());
        }
        draft.put(changed);
        return new Following.Define(changed.id());
    }

    private Following createIndex(CatalogChange.CreateIndex create) {
        ContainerDescriptor container = container(create.containerId());
        IndexDescriptor asked = create.index();
        if (container.findIndex(asked.name()).isPresent()) {
            throw new TrellisException(
                    ErrorCode.DUPLICATE_OBJECT, "index exists already: " + asked.name() + " on " + container.name());
        }
        IndexDescriptor index = new IndexDescriptor(
                draft.takeId(),
                asked.name(),
                asked.unique(),
                asked.constraint(),
                asked.columns(),
                IndexDescriptor.State.WRITE_ONLY);
        List<IndexDescriptor> indexes = new ArrayList<>(container.indexes());
        indexes.add(index);
        draft.put(container.change().indexes(indexes).build());
        return new Following.BuildIndex(container.id(), index.id());
    }

    private Following dropIndex(CatalogChange.DropIndex drop) {
        ContainerDescriptor container = container(drop.containerId());
        List<IndexDescriptor> rest = container.indexes().stream()
                .filter(index -> index.id() != drop.indexId())
                .toList();
        if (rest.size() == container.indexes().size()) {
            throw conflict(container.name());
        }
        draft.put(container.change().indexes(rest).build());
        return new Following.Define(container.id());
    }

    /** An index that is complete everywhere may be read. */
    void publishIndex(long containerId, long indexId) {
        ContainerDescriptor container = container(containerId);
        draft.put(container
                .change()
                .indexes(container.indexes().stream()
                        .map(index -> index.id() == indexId ? index.in(IndexDescriptor.State.PUBLIC) : index)
                        .toList())
                .build());
    }

    private Following createView(CatalogChange.CreateView create) {
        ViewDescriptor asked = create.view();
        DatabaseDescriptor database = database(asked.databaseId());
        if (before.findContainer(database.id(), asked.name()).isPresent()) {
            throw new TrellisException(
                    ErrorCode.WRONG_OBJECT_TYPE, "a table has that name: " + database.name() + "." + asked.name());
        }
        Optional<ViewDescriptor> existing = before.findView(database.id(), asked.name());
        if (existing.isPresent() && !create.orReplace()) {
            throw new TrellisException(
                    ErrorCode.DUPLICATE_TABLE, "view exists already: " + database.name() + "." + asked.name());
        }
        long id = existing.map(ViewDescriptor::id).orElseGet(draft::takeId);
        draft.put(new ViewDescriptor(id, database.id(), asked.name(), asked.columnNames(), asked.querySql()));
        return new Following.Nothing();
    }

    private Following dropView(long viewId) {
        if (before.views().stream().noneMatch(view -> view.id() == viewId)) {
            throw conflict("view");
        }
        draft.dropView(viewId);
        return new Following.Nothing();
    }

    private DatabaseDescriptor database(long id) {
        return before.findDatabase(id).orElseThrow(() -> conflict("database"));
    }

    private ContainerDescriptor container(long id) {
        return before.findContainer(id).orElseThrow(() -> conflict("table"));
    }

    private static TrellisException conflict(String what) {
        return new TrellisException(
                ErrorCode.CATALOG_CONFLICT, "definition was changed by another statement, try again: " + what);
    }
}
