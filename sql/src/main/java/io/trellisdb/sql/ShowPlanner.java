package io.trellisdb.sql;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.sql.definition.TableText;
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
        return switch (show.subject()) {
            case TABLES ->
                query("SELECT table_name, table_type, remarks FROM information_schema.tables WHERE table_schema = "
                        + literal(name.map(SqlIdentifier::getSimple).orElse(names.currentDatabase()))
                        + like("table_name", pattern) + " ORDER BY table_name");
            case DATABASES ->
                query("SELECT schema_name AS database_name FROM information_schema.schemata WHERE TRUE"
                        + like("schema_name", pattern) + " ORDER BY schema_name");
            case COLUMNS -> columns(name.orElseThrow(), pattern);
            case INDEXES -> indexes(name.orElseThrow(), pattern);
            case SESSIONS -> query("SELECT * FROM information_schema.sessions ORDER BY session_id");
            case CREATE_TABLE -> createTable(name.orElseThrow());
            case SETTING -> setting(String.join(".", name.orElseThrow().names));
            case ALL ->
                SessionStatement.rows(
                        Columns.text("name", "value", "description"),
                        execution -> Columns.textRows(
                                Columns.text("name", "value", "description"),
                                Settings.all(execution.session()).stream()
                                        .map(each -> List.of(each.name(), each.value(), each.description()))
                                        .toList()));
        };
    }

    PlannedStatement describe(DescribeTable describe) {
        return columns(describe.table(), Optional.empty());
    }

    private PlannedStatement query(String sql) {
        return planner.query(SqlSyntax.parseStatement(sql), catalog, names.currentDatabase());
    }

    private PlannedStatement columns(SqlIdentifier identifier, Optional<String> pattern) {
        NameResolver.QualifiedName name = existing(identifier);
        return query("SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE "
                + of(name) + like("column_name", pattern) + " ORDER BY ordinal_position");
    }

    private PlannedStatement indexes(SqlIdentifier identifier, Optional<String> pattern) {
        NameResolver.QualifiedName name = existing(identifier);
        return query("SELECT index_name, column_name, is_descending, is_unique, is_primary, state"
                + " FROM information_schema.indexes WHERE " + of(name) + like("index_name", pattern)
                + " ORDER BY is_primary DESC, index_name, ordinal_position");
    }

    private static String of(NameResolver.QualifiedName name) {
        return "table_schema = " + literal(name.database().name()) + " AND table_name = " + literal(name.name());
    }

    /** The name of a table or view, which must exist. */
    private NameResolver.QualifiedName existing(SqlIdentifier identifier) {
        NameResolver.QualifiedName name = names.qualify(identifier);
        if (names.findContainer(name).isEmpty() && names.findView(name).isEmpty()) {
            throw names.unknownTable(name);
        }
        return name;
    }

    private PlannedStatement createTable(SqlIdentifier identifier) {
        NameResolver.QualifiedName name = existing(identifier);
        Optional<ViewDescriptor> view = names.findView(name);
        String text;
        if (view.isPresent()) {
            text = "CREATE VIEW " + view.get().name() + " AS " + view.get().querySql() + ";";
        } else {
            ContainerDescriptor container = names.container(identifier);
            text = TableText.of(container);
        }
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

    private static String like(String column, Optional<String> pattern) {
        return pattern.map(text -> " AND " + column + " LIKE " + literal(text)).orElse("");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
