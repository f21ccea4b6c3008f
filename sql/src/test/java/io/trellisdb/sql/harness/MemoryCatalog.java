package io.trellisdb.sql.harness;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.sql.session.CatalogChange;
import java.util.ArrayList;
import java.util.List;

/** A catalog that gives out ids. Confined to one thread. */
final class MemoryCatalog {
    private final int partitions;
    private long lastId = 1;
    private Catalog image = Catalog.empty().with(1, new DatabaseDescriptor(1, DatabaseDescriptor.DEFAULT_NAME));

    MemoryCatalog(int partitions) {
        this.partitions = partitions;
    }

    Catalog image() {
        return image;
    }

    void restore(Catalog before) {
        image = before;
    }

    Catalog apply(CatalogChange change) {
        image = changed(change, image.version() + 1);
        return image;
    }

    private Catalog changed(CatalogChange change, long version) {
        if (change instanceof CatalogChange.CreateDatabase create) {
            return image.with(version, new DatabaseDescriptor(++lastId, create.name()));
        }
        if (change instanceof CatalogChange.DropDatabase drop) {
            DatabaseDescriptor database = image.findDatabase(drop.name()).orElseThrow();
            Catalog after = image.without(version, database.id());
            for (ContainerDescriptor container : image.containers(database.id())) {
                after = after.without(version, container.id());
            }
            for (ViewDescriptor view : image.views(database.id())) {
                after = after.without(version, view.id());
            }
            return after;
        }
        if (change instanceof CatalogChange.CreateContainer create) {
            return image.with(version, placed(create));
        }
        if (change instanceof CatalogChange.DropContainer drop) {
            return image.without(version, drop.containerId());
        }
        if (change instanceof CatalogChange.AlterContainer alter) {
            return image.with(version, alter.container());
        }
        if (change instanceof CatalogChange.CreateIndex create) {
            ContainerDescriptor container =
                    image.findContainer(create.containerId()).orElseThrow();
            List<IndexDescriptor> indexes = new ArrayList<>(container.indexes());
            indexes.add(numbered(create.index()).in(IndexDescriptor.State.BACKFILL));
            return image.with(version, container.change().indexes(indexes).build());
        }
        if (change instanceof CatalogChange.DropIndex drop) {
            ContainerDescriptor container =
                    image.findContainer(drop.containerId()).orElseThrow();
            List<IndexDescriptor> left = container.indexes().stream()
                    .filter(index -> index.id() != drop.indexId())
                    .toList();
            return image.with(version, container.change().indexes(left).build());
        }
        if (change instanceof CatalogChange.CreateView create) {
            ViewDescriptor view = create.view();
            long id = image.findView(view.databaseId(), view.name())
                    .map(ViewDescriptor::id)
                    .orElseGet(() -> ++lastId);
            return image.with(
                    version,
                    new ViewDescriptor(id, view.databaseId(), view.name(), view.columnNames(), view.querySql()));
        }
        return image.without(version, ((CatalogChange.DropView) change).viewId());
    }

    private IndexDescriptor numbered(IndexDescriptor index) {
        return new IndexDescriptor(
                ++lastId, index.name(), index.unique(), index.constraint(), index.columns(), index.state());
    }

    private ContainerDescriptor placed(CatalogChange.CreateContainer create) {
        ContainerDescriptor container = create.container();
        Partitioning partitioning = container.partitioning();
        if (partitioning instanceof Partitioning.Whole) {
            String database =
                    image.findDatabase(container.databaseId()).orElseThrow().name();
            partitioning = create.colocateWith()
                    .map(id -> image.findContainer(id).orElseThrow().partitioning())
                    .orElseGet(() -> new Partitioning.Whole(
                            RoutingHash.containerPartition(database, container.name(), partitions)));
        }
        return new ContainerDescriptor(
                ++lastId,
                1,
                container.databaseId(),
                container.name(),
                container.kind(),
                container.columns(),
                container.primaryKey(),
                container.indexes().stream().map(this::numbered).toList(),
                container.checks(),
                container.foreignKeys(),
                partitioning,
                container.options(),
                container.nextColumnId());
    }

    /** The image with an index called public, at the same versions. */
    void publish(long containerId, long indexId) {
        ContainerDescriptor container = image.findContainer(containerId).orElseThrow();
        List<IndexDescriptor> indexes = container.indexes().stream()
                .map(index -> index.id() == indexId ? index.in(IndexDescriptor.State.PUBLIC) : index)
                .toList();
        ContainerDescriptor published = new ContainerDescriptor(
                container.id(),
                container.version(),
                container.databaseId(),
                container.name(),
                container.kind(),
                container.columns(),
                container.primaryKey(),
                indexes,
                container.checks(),
                container.foreignKeys(),
                container.partitioning(),
                container.options(),
                container.nextColumnId());
        image = image.with(image.version() + 1, published);
    }
}
