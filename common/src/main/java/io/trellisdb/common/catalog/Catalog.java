package io.trellisdb.common.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All descriptors at one version. Immutable; {@code with…} and {@code without…} return the next image. */
public final class Catalog {
    private final long version;
    private final Map<Long, DatabaseDescriptor> databases;
    private final Map<Long, ContainerDescriptor> containers;
    private final Map<Long, ViewDescriptor> views;
    private final Map<String, DatabaseDescriptor> databasesByName;
    private final Map<Long, Map<String, ContainerDescriptor>> containersByName;
    private final Map<Long, Map<String, ViewDescriptor>> viewsByName;

    private Catalog(
            long version,
            Map<Long, DatabaseDescriptor> databases,
            Map<Long, ContainerDescriptor> containers,
            Map<Long, ViewDescriptor> views) {
        this.version = version;
        this.databases = databases;
        this.containers = containers;
        this.views = views;
        this.databasesByName = new TreeMap<>();
        databases.values().forEach(database -> databasesByName.put(database.name(), database));
        this.containersByName = new HashMap<>();
        containers.values().forEach(container -> containersByName
                .computeIfAbsent(container.databaseId(), id -> new TreeMap<>())
                .put(container.name(), container));
        this.viewsByName = new HashMap<>();
        views.values().forEach(view -> viewsByName
                .computeIfAbsent(view.databaseId(), id -> new TreeMap<>())
                .put(view.name(), view));
    }

    /** The image with nothing in it, not even a database; version 0. */
    public static Catalog empty() {
        return new Catalog(0, Map.of(), Map.of(), Map.of());
    }

    /** The image of exactly these descriptors. */
    public static Catalog of(
            long version,
            Collection<DatabaseDescriptor> databases,
            Collection<ContainerDescriptor> containers,
            Collection<ViewDescriptor> views) {
        Map<Long, DatabaseDescriptor> databaseMap = new HashMap<>();
        databases.forEach(database -> databaseMap.put(database.id(), database));
        Map<Long, ContainerDescriptor> containerMap = new HashMap<>();
        containers.forEach(container -> containerMap.put(container.id(), container));
        Map<Long, ViewDescriptor> viewMap = new HashMap<>();
        views.forEach(view -> viewMap.put(view.id(), view));
        return new Catalog(version, databaseMap, containerMap, viewMap);
    }

    /** Grows with every change; plans carry it. */
    public long version() {
        return version;
    }

    /** All databases, by name. */
    public List<DatabaseDescriptor> databases() {
        return List.copyOf(databasesByName.values());
    }

    public Optional<DatabaseDescriptor> findDatabase(String name) {
        return Optional.ofNullable(databasesByName.get(name));
    }

    public Optional<DatabaseDescriptor> findDatabase(long id) {
        return Optional.ofNullable(databases.get(id));
    }

    public Optional<ContainerDescriptor> findContainer(long id) {
        return Optional.ofNullable(containers.get(id));
    }

    public Optional<ContainerDescriptor> findContainer(long databaseId, String name) {
        return Optional.ofNullable(
                containersByName.getOrDefault(databaseId, Map.of()).get(name));
    }

    public Optional<ViewDescriptor> findView(long databaseId, String name) {
        return Optional.ofNullable(
                viewsByName.getOrDefault(databaseId, Map.of()).get(name));
    }

    /** A database's containers, by name. */
    public List<ContainerDescriptor> containers(long databaseId) {
        return List.copyOf(containersByName.getOrDefault(databaseId, Map.of()).values());
    }

    /** All containers in no particular order. */
    public Collection<ContainerDescriptor> containers() {
        return Collections.unmodifiableCollection(containers.values());
    }

    /** A database's views, by name. */
    public List<ViewDescriptor> views(long databaseId) {
        return List.copyOf(viewsByName.getOrDefault(databaseId, Map.of()).values());
    }

    /** All views in no particular order. */
    public Collection<ViewDescriptor> views() {
        return Collections.unmodifiableCollection(views.values());
    }

    /** The image with this database added or replaced, at the given version. */
    public Catalog with(long newVersion, DatabaseDescriptor database) {
        Map<Long, DatabaseDescriptor> changed = new HashMap<>(databases);
        changed.put(database.id(), database);
        return new Catalog(newVersion, changed, containers, views);
    }

    /** The image with this container added or replaced, at the given version. */
    public Catalog with(long newVersion, ContainerDescriptor container) {
        Map<Long, ContainerDescriptor> changed = new HashMap<>(containers);
        changed.put(container.id(), container);
        return new Catalog(newVersion, databases, changed, views);
    }

    /** The image with this view added or replaced, at the given version. */
    public Catalog with(long newVersion, ViewDescriptor view) {
        Map<Long, ViewDescriptor> changed = new HashMap<>(views);
        changed.put(view.id(), view);
        return new Catalog(newVersion, databases, containers, changed);
    }

    /** The image without the object of that id, whatever it is, at the given version. */
    public Catalog without(long newVersion, long id) {
        Map<Long, DatabaseDescriptor> newDatabases = new HashMap<>(databases);
        Map<Long, ContainerDescriptor> newContainers = new HashMap<>(containers);
        Map<Long, ViewDescriptor> newViews = new HashMap<>(views);
        newDatabases.remove(id);
        newContainers.remove(id);
        newViews.remove(id);
        return new Catalog(newVersion, newDatabases, newContainers, newViews);
    }

    /** The names of a database's containers and views, for "did you mean". */
    public List<String> relationNames(long databaseId) {
        List<String> names = new ArrayList<>();
        names.addAll(containersByName.getOrDefault(databaseId, Map.of()).keySet());
        names.addAll(viewsByName.getOrDefault(databaseId, Map.of()).keySet());
        return names;
    }
}
