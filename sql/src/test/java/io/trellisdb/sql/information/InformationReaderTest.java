package io.trellisdb.sql.information;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InformationReaderTest {
    private static Catalog catalog() {
        ContainerDescriptor table = new ContainerDescriptor(
                10,
                1,
                1,
                "t",
                ContainerKind.TIME_SERIES,
                List.of(
                        new ColumnDescriptor(
                                1, "id", DataType.INTEGER, false, null, null, new IdentityDescriptor(false, 5, 2)),
                        ColumnDescriptor.of(2, "ts", DataType.timestamp(3), false),
                        ColumnDescriptor.of(3, "amount", DataType.decimal(10, 2), true),
                        ColumnDescriptor.of(4, "name", DataType.varchar(20), true)),
                List.of(KeyColumn.ascending(1), KeyColumn.ascending(2)),
                List.of(),
                List.of(),
                List.of(),
                new Partitioning.Hash(List.of(1)),
                Map.of(),
                5);
        return Catalog.of(
                3,
                List.of(new DatabaseDescriptor(1, "public")),
                List.of(table),
                List.of(new ViewDescriptor(11, 1, "v", List.of(), "select 1 as one")));
    }

    private static List<String> rows(String table, String... columns) {
        InformationReader reader = new InformationReader(
                (catalog, view) -> List.of(new OutputColumn("one", DataType.INTEGER, false)),
                query -> List.of(new InformationReader.Setting("timezone", "UTC", "the session's zone")));
        SystemTable definition = InformationSchema.find(table).orElseThrow();
        List<String> names =
                definition.columns().stream().map(OutputColumn::name).toList();
        List<Integer> positions = new ArrayList<>();
        for (String column : columns) {
            positions.add(names.indexOf(column));
        }
        List<String> rows = new ArrayList<>();
        try (BatchCursor cursor = reader.open(definition.qualifiedName(), positions, CatalogOnly.query(catalog()))) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    List<String> values = new ArrayList<>();
                    for (int column = 0; column < columns.length; column++) {
                        values.add(String.valueOf(batch.column(column).value(row)));
                    }
                    rows.add(String.join(" ", values));
                }
            }
        }
        return rows;
    }

    @Test
    void tablesViewsAndSystemViewsAreListed() {
        List<String> rows =
                rows("tables", "table_schema", "table_name", "table_type", "container_kind", "partitioning");

        assertEquals("public t BASE TABLE TIMESERIES HASH (id)", rows.get(0));
        assertEquals("public v VIEW null null", rows.get(1));
        assertTrue(rows.contains("information_schema columns SYSTEM VIEW null null"), rows.toString());
    }

    @Test
    void columnsHaveTheirSqlTypes() {
        List<String> rows = rows(
                "columns",
                "table_name",
                "column_name",
                "ordinal_position",
                "is_nullable",
                "data_type",
                "character_maximum_length",
                "numeric_precision",
                "numeric_scale",
                "datetime_precision",
                "identity_generation");

        assertEquals("t id 1 NO INTEGER null 32 0 null BY DEFAULT", rows.get(0));
        assertEquals("t ts 2 NO TIMESTAMP(3) null null null 3 null", rows.get(1));
        assertEquals("t amount 3 YES DECIMAL(10, 2) null 10 2 null null", rows.get(2));
        assertEquals("t name 4 YES VARCHAR(20) 20 null null null null", rows.get(3));
        assertEquals("v one 1 NO INTEGER null 32 0 null null", rows.get(4));
    }

    @Test
    void theKeyIsAConstraintAndAnIndex() {
        assertEquals(
                List.of("t_pkey PRIMARY KEY YES"),
                rows("table_constraints", "constraint_name", "constraint_type", "enforced"));
        assertEquals(
                List.of("t_pkey id 1", "t_pkey ts 2"),
                rows("key_column_usage", "constraint_name", "column_name", "ordinal_position"));
        assertEquals(
                List.of("t_pkey YES 1 id YES PUBLIC", "t_pkey YES 2 ts YES PUBLIC"),
                rows("indexes", "index_name", "is_unique", "ordinal_position", "column_name", "is_primary", "state"));
    }

    @Test
    void everyTableHasRowsAsWideAsItsDefinition() {
        for (String name : InformationSchema.names()) {
            SystemTable table = InformationSchema.find(name).orElseThrow();
            String[] columns = table.columns().stream().map(OutputColumn::name).toArray(String[]::new);
            rows(name, columns);
        }
    }

    @Test
    void settingsAreTheSessions() {
        assertEquals(List.of("timezone UTC"), rows("settings", "name", "value"));
    }
}
