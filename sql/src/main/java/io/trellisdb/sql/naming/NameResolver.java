package io.trellisdb.sql.naming;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** Finds databases, containers, views and columns of one catalog image. */
public final class NameResolver {
    private final Catalog catalog;
    private final String database;

    /** @param database where names of one part are looked up */
    public NameResolver(Catalog catalog, String database) {
        this.catalog = catalog;
        this.database = database;
    }

    /** A name of an object and the database that it is or would be in. */
    public record QualifiedName(DatabaseDescriptor database, String name) {
        /** As a person writes it from within {@code current}. */
        public String shownIn(String current) {
            return database.name().equals(current) ? name : database.name() + "." + name;
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    public String currentDatabase() {
        return database;
    }

    /** The database of a name, which must exist, and the name's last part. */
    public QualifiedName qualify(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        if (names.size() > 2) {
            throw new TrellisException(ErrorCode.SYNTAX_ERROR, "name has too many parts: " + String.join(".", names));
        }
        String in = names.size() == 2 ? names.get(0) : database;
        return new QualifiedName(database(in), names.get(names.size() - 1));
    }

    public DatabaseDescriptor database(String name) {
        if (name.equals(DatabaseDescriptor.INFORMATION_SCHEMA)) {
            throw new TrellisException(
                    ErrorCode.WRONG_OBJECT_TYPE, "database is virtual and cannot be changed: " + name);
        }
        return catalog.findDatabase(name).orElseThrow(() -> unknownDatabase(name));
    }

    public TrellisException unknownDatabase(String name) {
        List<String> names =
                catalog.databases().stream().map(DatabaseDescriptor::name).toList();
        return new TrellisException(
                ErrorCode.UNKNOWN_DATABASE, "database does not exist: " + name + Suggestion.didYouMean(name, names));
    }

    public Optional<ContainerDescriptor> findContainer(QualifiedName name) {
        return catalog.findContainer(name.database().id(), name.name());
    }

    public Optional<ViewDescriptor> findView(QualifiedName name) {
        return catalog.findView(name.database().id(), name.name());
    }

    /** The container of that name; UNKNOWN_TABLE, or WRONG_OBJECT_TYPE when it is a view. */
    public ContainerDescriptor container(SqlIdentifier identifier) {
        QualifiedName name = qualify(identifier);
        return findContainer(name)
                .orElseThrow(() -> findView(name).isPresent()
                        ? new TrellisException(
                                ErrorCode.WRONG_OBJECT_TYPE, "view is not a table: " + name.shownIn(database))
                        : unknownTable(name));
    }

    public TrellisException unknownTable(QualifiedName name) {
        return new TrellisException(
                ErrorCode.UNKNOWN_TABLE,
                "table does not exist: " + name.shownIn(database)
                        + Suggestion.didYouMean(
                                name.name(),
                                catalog.relationNames(name.database().id())));
    }

    /** The position of a column; UNKNOWN_COLUMN when the container has none of that name. */
    public static int column(ContainerDescriptor container, String name) {
        int index = container.columnIndex(name);
        if (index < 0) {
            List<String> names =
                    container.columns().stream().map(ColumnDescriptor::name).toList();
            throw new TrellisException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "column does not exist: " + container.name() + "." + name + Suggestion.didYouMean(name, names));
        }
        return index;
    }
}
