package io.trellisdb.server.catalog;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.coordination.MetadataCommit;
import java.util.HashMap;
import java.util.Map;

/** The next image in the making, and the commit that makes it so. Confined to one thread. */
final class CatalogDraft {
    private final Map<Long, DatabaseDescriptor> databases = new HashMap<>();
    private final Map<Long, ContainerDescriptor> containers = new HashMap<>();
    private final Map<Long, ViewDescriptor> views = new HashMap<>();
    private final MetadataCommit.Builder commit = MetadataCommit.builder();
    private long nextId;

    CatalogDraft(Catalog before, long nextId) {
        this.nextId = nextId;
        before.databases().forEach(database -> databases.put(database.id(), database));
        before.containers().forEach(container -> containers.put(container.id(), container));
        before.views().forEach(view -> views.put(view.id(), view));
    }

    long takeId() {
        return nextId++;
    }

    long nextId() {
        return nextId;
    }

    void put(DatabaseDescriptor database) {
        databases.put(database.id(), database);
        commit.put(CatalogRecords.key(CatalogRecords.DATABASE, database.id()), CatalogRecords.encode(database));
    }

    void put(ContainerDescriptor container) {
        containers.put(container.id(), container);
        commit.put(CatalogRecords.key(CatalogRecords.CONTAINER, container.id()), CatalogRecords.encode(container));
    }

    void put(ViewDescriptor view) {
        views.put(view.id(), view);
        commit.put(CatalogRecords.key(CatalogRecords.VIEW, view.id()), CatalogRecords.encode(view));
    }

    void dropDatabase(long id) {
        databases.remove(id);
        commit.delete(CatalogRecords.key(CatalogRecords.DATABASE, id));
    }

    /** The container's rows stay behind until the record of its drop is gone. */
    void dropContainer(long id) {
        containers.remove(id);
        commit.delete(CatalogRecords.key(CatalogRecords.CONTAINER, id));
        commit.put(CatalogRecords.key(CatalogRecords.DROPPED, id), CatalogRecords.encodeHead(id));
    }

    void dropView(long id) {
        views.remove(id);
        commit.delete(CatalogRecords.key(CatalogRecords.VIEW, id));
    }

    /** @param headRevision the head record's revision as read, 0 when there is none */
    MetadataCommit commit(long headRevision) {
        return commit.expect(CatalogRecords.HEAD, headRevision)
                .put(CatalogRecords.HEAD, CatalogRecords.encodeHead(nextId))
                .build();
    }

    Catalog image(long version) {
        return Catalog.of(version, databases.values(), containers.values(), views.values());
    }
}
