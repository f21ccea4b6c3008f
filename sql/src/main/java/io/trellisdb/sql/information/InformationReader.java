package io.trellisdb.sql.information;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.BatchCursor;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes the rows of {@code information_schema}, from the catalog image that holds when a scan opens. */
public final class InformationReader {
    private final BiFunction<Catalog, ViewDescriptor, List<OutputColumn>> viewColumns;
    private final Function<QueryContext, List<Setting>> settings;

    /** A setting as SHOW shows it. */
    public record Setting(String name, String value, String description) {}

    /**
     * @param viewColumns the columns of a view, or none when its query no longer fits the catalog
     * @param settings the settings of the session that asks
     */
    public InformationReader(
            BiFunction<Catalog, ViewDescriptor, List<OutputColumn>> viewColumns,
            Function<QueryContext, List<Setting>> settings) {
        this.viewColumns = viewColumns;
        this.settings = settings;
    }

    /**
     * The rows of a virtual table.
     *
     * @param table its qualified name
     * @param columns the columns wanted, by position in the table, in this order
     */
    public BatchCursor open(String table, List<Integer> columns, QueryContext query) {
        String name = table.substring(InformationSchema.NAME.length() + 1);
        SystemTable definition = InformationSchema.find(name)
                .orElseThrow(() -> new IllegalArgumentException("no such virtual table: " + table));
        return new Rows(definition, columns, rows(name, query).iterator(), query);
    }

    private List<Object[]> rows(String table, QueryContext query) {
        CatalogRows rows =
                new CatalogRows(query.services().catalog(), query.services().clusterName(), viewColumns);
        return switch (table) {
            case "schemata" -> rows.schemata();
            case "tables" -> rows.tables();
            case "columns" -> rows.columns();
            case "views" -> rows.views();
            case "table_constraints" -> new ConstraintRows(rows).tableConstraints();
            case "key_column_usage" -> new ConstraintRows(rows).keyColumnUsage();
            case "referential_constraints" -> new ConstraintRows(rows).referentialConstraints();
            case "check_constraints" -> new ConstraintRows(rows).checkConstraints();
            case "indexes" -> new ConstraintRows(rows).indexes();
            case "sessions" -> sessions(query);
            case "settings" ->
                settings.apply(query).stream()
                        .map(setting -> new Object[] {setting.name(), setting.value(), setting.description()})
                        .toList();
            default -> throw new IllegalStateException("virtual table without rows: " + table);
        };
    }

    private static List<Object[]> sessions(QueryContext query) {
        return query.services().sessions().stream()
                .map(session -> new Object[] {
                    session.id(),
                    session.user(),
                    session.application(),
                    session.clientAddress(),
                    session.database(),
                    session.connectedAt(),
                    session.state(),
                    session.statement().orElse(null),
                    session.statementStartedAt().orElse(null)
                })
                .toList();
    }

    /** Rows as batches of the wanted columns. */
    private static final class Rows implements BatchCursor {
        private final List<Integer> columns;
        private final Iterator<Object[]> rows;
        private final QueryContext query;
        private final BatchBuilder builder;

        Rows(SystemTable table, List<Integer> columns, Iterator<Object[]> rows, QueryContext query) {
            this.columns = columns;
            this.rows = rows;
            this.query = query;
            List<DataType> types = columns.stream()
                    .map(column -> table.columns().get(column).type())
                    .toList();
            this.builder = new BatchBuilder(types, Batch.MAX_ROWS);
        }

        @Override
        public @Nullable Batch next() {
            query.checkActive();
            while (rows.hasNext() && !builder.isFull()) {
                Object[] row = rows.next();
                @Nullable Object[] wanted = new @Nullable Object[columns.size()];
                for (int i = 0; i < wanted.length; i++) {
                    wanted[i] = row[columns.get(i)];
                }
                builder.appendRow(wanted);
            }
            if (builder.isEmpty()) {
                return null;
            }
            Batch batch = builder.build();
            builder.reset();
            return batch;
        }

        @Override
        public void close() {}
    }
}
