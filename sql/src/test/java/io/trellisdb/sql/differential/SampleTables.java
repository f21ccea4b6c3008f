package io.trellisdb.sql.differential;

import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Three tables of made-up rows with NULLs, repeated values and values without partner; always the same. */
final class SampleTables {
    private static final long SEED = 20240607;
    private static final String[] NAMES = {"ada", "bob", "cleo", "dan", "eve", "Fay", "gus", "hal", "ida", "jo é"};
    private static final String[] CITIES = {"Rome", "Oslo", "Bern", "rome"};

    private SampleTables() {}

    /** A container and its rows. */
    record Table(ContainerDescriptor container, List<Object[]> rows) {
        List<DataType> types() {
            return container.columns().stream().map(ColumnDescriptor::type).toList();
        }

        BatchBuilder builder() {
            return new BatchBuilder(types(), rows.size());
        }

        /** CREATE TABLE and INSERTs for H2. */
        List<String> statements() {
            List<String> statements = new ArrayList<>();
            List<String> columns = new ArrayList<>();
            for (ColumnDescriptor column : container.columns()) {
                String type = column.type().equals(DataType.DOUBLE)
                        ? "DOUBLE PRECISION"
                        : column.type().toString();
                columns.add(column.name() + " " + type);
            }
            statements.add(
                    "create table " + container.name() + " (" + String.join(", ", columns) + ", primary key (id))");
            for (Object[] row : rows) {
                List<String> values = new ArrayList<>();
                for (Object value : row) {
                    values.add(literal(value));
                }
                statements.add("insert into " + container.name() + " values (" + String.join(", ", values) + ")");
            }
            return statements;
        }
    }

    private static String literal(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof LocalDate) {
            return "date '" + value + "'";
        }
        if (value instanceof LocalDateTime dateTime) {
            return "timestamp '" + java.sql.Timestamp.valueOf(dateTime) + "'";
        }
        return "'" + value + "'";
    }

    static List<Table> all() {
        Random random = new Random(SEED);
        return List.of(emp(random), dept(), nums(random));
    }

    private static Table emp(Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int id = 1; id <= 60; id++) {
            rows.add(new Object[] {
                id,
                id % 11 == 0 ? null : NAMES[random.nextInt(NAMES.length)] + (id % 4),
                id % 7 == 0 ? null : Integer.valueOf(1 + random.nextInt(9)),
                id % 13 == 0 ? null : BigDecimal.valueOf(random.nextInt(500_000) - 20_000, 2),
                id % 9 == 0 ? null : LocalDate.of(2020, 1, 1).plusDays(random.nextInt(40)),
                id % 5 == 0 ? null : Double.valueOf(random.nextInt(200) / 8.0)
            });
        }
        return table(
                10,
                "emp",
                new String[] {"id", "name", "dept_id", "salary", "hired", "score"},
                new DataType[] {
                    DataType.INTEGER,
                    DataType.varchar(20),
                    DataType.INTEGER,
                    DataType.decimal(10, 2),
                    DataType.DATE,
                    DataType.DOUBLE
                },
                rows,
                new Partitioning.Hash(List.of(1)),
                List.of(new IndexDescriptor(
                        100, "emp_dept", false, false, List.of(KeyColumn.ascending(3)), IndexDescriptor.State.PUBLIC)));
    }

    private static Table dept() {
        List<Object[]> rows = new ArrayList<>();
        for (int id = 1; id <= 8; id++) {
            rows.add(new Object[] {
                id, "dept" + id, id == 5 ? null : CITIES[id % CITIES.length], id == 8 ? null : Integer.valueOf(id * 3)
            });
        }
        return table(
                11,
                "dept",
                new String[] {"id", "title", "city", "boss"},
                new DataType[] {DataType.INTEGER, DataType.varchar(20), DataType.varchar(10), DataType.INTEGER},
                rows,
                new Partitioning.Whole(2),
                List.of());
    }

    private static Table nums(Random random) {
        List<Object[]> rows = new ArrayList<>();
        for (int id = 1; id <= 50; id++) {
            rows.add(new Object[] {
                id,
                id % 6 == 0 ? null : Integer.valueOf(random.nextInt(10) - 3),
                id % 8 == 0 ? null : Long.valueOf(random.nextInt(1000) * 1_000_000_007L),
                id % 10 == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000_000) - 300_000, 4),
                id % 7 == 0 ? null : LocalDateTime.of(2020, 2, 27, 22, 0).plusMinutes(random.nextInt(4000)),
                id % 4 == 0 ? null : Boolean.valueOf(random.nextBoolean()),
                id % 5 == 0 ? null : NAMES[random.nextInt(NAMES.length)]
            });
        }
        return table(
                12,
                "nums",
                new String[] {"id", "a", "b", "d", "t", "f", "s"},
                new DataType[] {
                    DataType.INTEGER,
                    DataType.INTEGER,
                    DataType.BIGINT,
                    DataType.decimal(12, 4),
                    DataType.timestamp(6),
                    DataType.BOOLEAN,
                    DataType.varchar(20)
                },
                rows,
                new Partitioning.Hash(List.of(1)),
                List.of());
    }

    private static Table table(
            long id,
            String name,
            String[] names,
            DataType[] types,
            List<Object[]> rows,
            Partitioning partitioning,
            List<IndexDescriptor> indexes) {
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            columns.add(ColumnDescriptor.of(i + 1, names[i], types[i], i > 0));
        }
        ContainerDescriptor container = new ContainerDescriptor(
                id,
                1,
                1,
                name,
                ContainerKind.COLLECTION,
                columns,
                List.of(KeyColumn.ascending(1)),
                indexes,
                List.of(),
                List.of(),
                partitioning,
                Map.of(),
                names.length + 1);
        return new Table(container, rows);
    }
}
