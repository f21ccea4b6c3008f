package io.trellisdb.sql;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.information.InformationSchema;
import io.trellisdb.sql.information.ShowQueries;
import io.trellisdb.sql.information.TableDefinitions;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.setting.Settings;
import io.trellisdb.sql.syntax.DescribeTable;
import io.trellisdb.sql.syntax.ShowStatement;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** Plans SHOW and DESCRIBE: most are queries of information_schema. Confined to one planning. */
final class ShowPlanner {
    private final StatementPlanner planner;
    private final Catalog catalog;
    private final NameResolver names;

    ShowPlanner(StatementPlanner planner, Catalog catalog, String database) {
        this.planner = planner;
        this.catalog = catalog;
        this.names = new NameResolver(catalog, database);
    }

    PlannedStatement show(ShowStatement show) {
        Optional<SqlIdentifier> name = show.name();
        Optional<String> pattern = show.pattern().map(SessionPlanner::text);
        boolean takesPattern =
                show.subject() == ShowStatement.Subject.TABLES || show.subject() == ShowStatement.Subject.DATABASES;
        if (pattern.isPresent() && !takesPattern) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "LIKE is not supported by SHOW " + show.subject());
        }
        return switch (show.subject()) {
            case TABLES -> query(ShowQueries.tables(name.map(this::database).orElse(names.currentDatabase()), pattern));
            case DATABASES -> query(ShowQueries.databases(pattern));
            case COLUMNS -> columns(name.orElseThrow());
            case INDEXES -> {
                QualifiedTable table = existing(name.orElseThrow());
                yield query(ShowQueries.indexes(table.database, table.name));
            }
            case SESSIONS -> query(ShowQueries.sessions());
            case CREATE_TABLE -> createTable(name.orElseThrow());
            case SETTING -> setting(String.join(".", name.orElseThrow().names));
            case ALL -> query(ShowQueries.settings());
        };
    }

    PlannedStatement describe(DescribeTable describe) {
        return columns(describe.table());
    }

    private record QualifiedTable(String database, String name) {}

    private String database(SqlIdentifier identifier) {
        String name = identifier.getSimple();
        return name.equals(DatabaseDescriptor.INFORMATION_SCHEMA)
                ? name
                : names.database(name).name();
    }

    private PlannedStatement query(String sql) {
        return planner.query(SqlSyntax.parseStatement(sql), catalog, names.currentDatabase());
    }

    private PlannedStatement columns(SqlIdentifier identifier) {
        QualifiedTable table = existing(identifier);
        return query(ShowQueries.columns(table.database, table.name));
    }

    /** The name of a table or view, which must exist. */
    private QualifiedTable existing(SqlIdentifier identifier) {
        List<String> parts = identifier.names;
        String last = parts.get(parts.size() - 1);
        String first = parts.size() == 2 ? parts.get(0) : names.currentDatabase();
        if (first.equals(DatabaseDescriptor.INFORMATION_SCHEMA)
                && InformationSchema.find(last).isPresent()) {
            return new QualifiedTable(first, last);
        }
        NameResolver.QualifiedName name = names.qualify(identifier);
        if (names.findContainer(name).isEmpty() && names.findView(name).isEmpty()) {
            throw names.unknownTable(name);
        }
        return new QualifiedTable(name.database().name(), name.name());
    }

    private PlannedStatement createTable(SqlIdentifier identifier) {
        NameResolver.QualifiedName name = names.qualify(identifier);
        Optional<ViewDescriptor> view = names.findView(name);
        String database = name.database().name();
        String text = view.isPresent()
                ? TableDefinitions.createView(database, view.get())
                : String.join(";\n", TableDefinitions.statements(database, names.container(identifier)));
        List<ResultColumn> columns = Columns.text("table_name", "statement");
        List<List<String>> rows = List.of(List.of(name.name(), text));
        return new ExplainedStatement(List.of(), columns, execution -> Columns.textRows(columns, rows));
    }

    private static PlannedStatement setting(String name) {
        List<ResultColumn> columns = Columns.text(name);
        return SessionStatement.rows(
                columns,
                execution -> Columns.textRows(columns, List.of(List.of(Settings.show(execution.session(), name)))));
    }
}
