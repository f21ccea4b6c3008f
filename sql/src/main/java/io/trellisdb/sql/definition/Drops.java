package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.naming.Suggestion;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.syntax.DropStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** DROP of one statement. */
final class Drops {
    private final QueryPlanner planner;
    private final NameResolver names;
    private final Catalog catalog;
    private final QueryServices services;

    Drops(QueryPlanner planner, NameResolver names, QueryServices services) {
        this.planner = planner;
        this.names = names;
        this.catalog = names.catalog();
        this.services = services;
    }

    DefinitionResult run(DropStatement drop) {
        String tag = "DROP " + drop.target();
        if (drop.ifExists() && drop.name().names.size() == 2) {
            String database = drop.name().names.get(0);
            if (catalog.findDatabase(database).isEmpty()) {
                return DefinitionResult.passedOver(tag, "database does not exist: " + database + ", skipped");
            }
        }
        try {
            switch (drop.target()) {
                case TABLE -> dropTable(drop);
                case VIEW -> dropView(drop);
                case INDEX -> dropIndex(drop);
                case DATABASE -> dropDatabase(drop);
            }
        } catch (TrellisException e) {
            boolean missing = e.code() == ErrorCode.UNKNOWN_TABLE
                    || e.code() == ErrorCode.UNKNOWN_OBJECT
                    || e.code() == ErrorCode.UNKNOWN_DATABASE;
            if (!drop.ifExists() || !missing) {
                throw e;
            }
            return DefinitionResult.passedOver(tag, e.getMessage().replaceFirst(", did you mean .*", "") + ", skipped");
        }
        return DefinitionResult.done(tag);
    }

    private void dropTable(DropStatement drop) {
        ContainerDescriptor container = names.container(drop.name());
        dropDependents("table cannot be dropped: " + container.name(), container.id(), drop.cascade());
        services.change(new CatalogChange.DropContainer(container.id()));
    }

    private void dropView(DropStatement drop) {
        NameResolver.QualifiedName name = names.qualify(drop.name());
        ViewDescriptor view = names.findView(name)
                .orElseThrow(() -> names.findContainer(name).isPresent()
                        ? new TrellisException(
                                ErrorCode.WRONG_OBJECT_TYPE,
                                "table is not a view: " + name.shownIn(names.currentDatabase()))
                        : unknownView(name));
        dropDependents("view cannot be dropped: " + view.name(), view.id(), drop.cascade());
        services.change(new CatalogChange.DropView(view.id()));
    }

    private TrellisException unknownView(NameResolver.QualifiedName name) {
        List<String> known = catalog.views(name.database().id()).stream()
                .map(ViewDescriptor::name)
                .toList();
        return new TrellisException(
                ErrorCode.UNKNOWN_TABLE,
                "view does not exist: " + name.shownIn(names.currentDatabase())
                        + Suggestion.didYouMean(name.name(), known));
    }

    /** With CASCADE the views that would break go first. */
    private void dropDependents(String what, long id, boolean cascade) {
        Dependents dependents = new Dependents(planner);
        Catalog after = catalog.without(catalog.version(), id);
        if (!cascade) {
            dependents.refuse(what, catalog, after);
            return;
        }
        for (ViewDescriptor view : dependents.broken(catalog, after)) {
            services.change(new CatalogChange.DropView(view.id()));
        }
    }

    private record OwnedIndex(ContainerDescriptor container, IndexDescriptor index) {}

    private void dropIndex(DropStatement drop) {
        NameResolver.QualifiedName name = names.qualify(drop.name());
        Optional<SqlIdentifier> table = drop.table();
        List<ContainerDescriptor> containers = table.isPresent()
                ? List.of(names.container(table.get()))
                : catalog.containers(name.database().id());
        List<String> known = new ArrayList<>();
        OwnedIndex found = null;
        for (ContainerDescriptor container : containers) {
            for (IndexDescriptor index : container.indexes()) {
                known.add(index.name());
                if (index.name().equals(name.name())) {
                    found = new OwnedIndex(container, index);
                }
            }
        }
        if (found == null) {
            throw new TrellisException(
                    ErrorCode.UNKNOWN_OBJECT,
                    "index does not exist: " + name.name() + Suggestion.didYouMean(name.name(), known));
        }
        if (found.index.constraint()) {
            throw new TrellisException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "index belongs to a UNIQUE constraint: use ALTER TABLE " + found.container.name()
                            + " DROP CONSTRAINT " + found.index.name());
        }
        services.change(new CatalogChange.DropIndex(found.container.id(), found.index.id()));
    }

    private void dropDatabase(DropStatement drop) {
        String name = drop.name().getSimple();
        DatabaseDescriptor database = names.database(name);
        if (name.equals(DatabaseDescriptor.DEFAULT_NAME) || name.equals(names.currentDatabase())) {
            throw new TrellisException(
                    ErrorCode.WRONG_OBJECT_STATE,
                    "database cannot be dropped, because it is the default or the current one: " + name);
        }
        List<String> relations = catalog.relationNames(database.id());
        if (!drop.cascade() && !relations.isEmpty()) {
            throw new TrellisException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "database is not empty: " + name + " has " + String.join(", ", relations));
        }
        services.change(new CatalogChange.DropDatabase(name, drop.ifExists(), drop.cascade()));
    }
}
