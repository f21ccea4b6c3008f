package io.trellisdb.sql.session;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import java.util.Optional;

/**
 * One change of the catalog, already checked against the image it was planned with. Ids of new objects are 0: the catalog's
 * service gives them out, also to the indexes of a new container. Whole-container partitions are chosen by the service unless
 * {@code colocateWith} names a container.
 */
public sealed interface CatalogChange {
    record CreateDatabase(String name, boolean ifNotExists) implements CatalogChange {}

    /** Drops a database; with {@code cascade} everything in it, else it must be empty. */
    record DropDatabase(String name, boolean ifExists, boolean cascade) implements CatalogChange {}

    /** {@code container} has id 0, version 1 and, when not partitioned, {@code Whole(-1)}. */
    record CreateContainer(ContainerDescriptor container, Optional<Long> colocateWith, boolean ifNotExists)
            implements CatalogChange {}

    record DropContainer(long containerId) implements CatalogChange {}

    /** Replaces a container's descriptor; its version must be the current one plus one. */
    record AlterContainer(ContainerDescriptor container) implements CatalogChange {}

    /** Adds an index (id 0) and builds it; UNIQUE_VIOLATION leaves the catalog as it was. */
    record CreateIndex(long containerId, IndexDescriptor index) implements CatalogChange {}

    record DropIndex(long containerId, long indexId) implements CatalogChange {}

    /** {@code view} has id 0; an existing view of that name is replaced when {@code orReplace}. */
    record CreateView(ViewDescriptor view, boolean orReplace) implements CatalogChange {}

    record DropView(long viewId) implements CatalogChange {}
}
