package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** A catalog image or one database of it: names are looked up when they are asked for, never copied. */
final class CatalogSchema extends AbstractSchema {
    private final Lookup<Table> tables;
    private final Lookup<? extends Schema> databases;

    private CatalogSchema(Lookup<Table> tables, Lookup<? extends Schema> databases) {
        this.tables = tables;
        this.databases = databases;
    }

    /** The root: databases by name. */
    static CatalogSchema root(PlanningRun run) {
        return new CatalogSchema(
                Lookup.empty(),
                new Exact<>(
                        name -> run.findDatabase(name).map(database -> database(run, database)), run::databaseNames));
    }

    private static Schema database(PlanningRun run, DatabaseDescriptor database) {
        return new CatalogSchema(
                new Exact<Table>(
                        name -> run.findRelation(database, name).map(relation -> (Table) relation),
                        () -> run.relationNames(database)),
                Lookup.empty());
    }

    @Override
    public Lookup<Table> tables() {
        return tables;
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
        return databases;
    }

    @Override
    public boolean isMutable() {
        return false;
    }

    private record Exact<T>(Function<String, Optional<T>> find, Supplier<Set<String>> names) implements Lookup<T> {
        @Override
        public @Nullable T get(String name) {
            return find.apply(name).orElse(null);
        }

        /** Unquoted names are folded by the parser, so that there is nothing to ignore. */
        @Override
        public @Nullable Named<T> getIgnoreCase(String name) {
            T found = get(name);
            return found == null ? null : new Named<>(name, found);
        }

        @Override
        public Set<String> getNames(LikePattern pattern) {
            return names.get();
        }
    }
}
