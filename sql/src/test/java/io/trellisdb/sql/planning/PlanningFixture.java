package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.parser.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A small company, its sensors, and a table with a column of every type. */
final class PlanningFixture {
    static final DatabaseDescriptor PUBLIC = new DatabaseDescriptor(1, "public");
    static final DatabaseDescriptor ARCHIVE = new DatabaseDescriptor(2, "archive");

    private PlanningFixture() {}

    static QueryPlanner planner() {
        RowEstimates estimates = id -> id == 11 ? OptionalLong.of(10) : OptionalLong.of(100_000);
        return new QueryPlanner(SqlSyntax::parseStatement, estimates, System::nanoTime);
    }

    static PlannedQuery plan(String sql) {
        return planner().plan(SqlSyntax.parseStatement(sql), catalog(), "public");
    }

    static Catalog catalog() {
        List<ViewDescriptor> views = new ArrayList<>();
        views.add(new ViewDescriptor(
                20, 1, "rich", List.of("id", "who"), "select id, name from emp where salary > 1000"));
        views.add(new ViewDescriptor(21, 1, "ping", List.of(), "select * from pong"));
        views.add(new ViewDescriptor(22, 1, "pong", List.of(), "select * from ping"));
        views.add(new ViewDescriptor(23, 1, "outdated", List.of(), "select nothing from emp"));
        return Catalog.of(7, List.of(PUBLIC, ARCHIVE), List.of(emp(), dept(), readings(), types(), old()), views);
    }

    static ContainerDescriptor emp() {
        List<IndexDescriptor> indexes = List.of(
                index(100, "emp_dept", false, IndexDescriptor.State.PUBLIC, 3),
                index(101, "emp_hired", false, IndexDescriptor.State.BACKFILL, 5),
                index(102, "emp_dept_salary", false, IndexDescriptor.State.PUBLIC, 3, 4));
        return container(
                10,
                "emp",
                ContainerKind.COLLECTION,
                List.of(
                        column(1, "id", DataType.INTEGER, false),
                        column(2, "name", DataType.varchar(20), true),
                        column(3, "dept_id", DataType.INTEGER, true),
                        column(4, "salary", DataType.decimal(10, 2), true),
                        column(5, "hired", DataType.DATE, true),
                        column(6, "note", DataType.TEXT, true)),
                List.of(KeyColumn.ascending(1)),
                indexes,
                new Partitioning.Hash(List.of(1)));
    }

    static ContainerDescriptor dept() {
        return new ContainerDescriptor(
                11,
                1,
                1,
                "dept",
                ContainerKind.COLLECTION,
                List.of(
                        new ColumnDescriptor(
                                1, "id", DataType.INTEGER, false, null, null, new IdentityDescriptor(true, 1, 1)),
                        new ColumnDescriptor(2, "title", DataType.varchar(20), false, "'none'", null, null),
                        column(3, "city", DataType.character(10), true)),
                List.of(KeyColumn.ascending(1)),
                List.of(new IndexDescriptor(
                        110,
                        "dept_title_key",
                        true,
                        true,
                        List.of(KeyColumn.ascending(2)),
                        IndexDescriptor.State.PUBLIC)),
                List.of(new CheckDescriptor("dept_title_check", "title <> ''")),
                List.of(new ForeignKeyDescriptor("dept_fk", List.of("id"), "public", "emp", List.of("id"))),
                new Partitioning.Whole(3),
                Map.of("expiration", "90 days"),
                4);
    }

    static ContainerDescriptor readings() {
        return container(
                12,
                "readings",
                ContainerKind.TIME_SERIES,
                List.of(
                        column(1, "series", DataType.VARCHAR, false),
                        column(2, "ts", DataType.timestamp(3), false),
                        column(3, "reading", DataType.DOUBLE, true)),
                List.of(KeyColumn.ascending(1), KeyColumn.ascending(2)),
                List.of(),
                new Partitioning.Hash(List.of(1)));
    }

    static ContainerDescriptor types() {
        DataType[] all = {
            DataType.BIGINT,
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(12, 4),
            DataType.character(5),
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.time(6),
            DataType.timestamp(9),
            DataType.timestampLtz(6),
            DataType.INTERVAL_MONTH,
            DataType.INTERVAL_NANO,
            DataType.UUID,
            DataType.array(DataType.INTEGER)
        };
        String[] names = {
            "id", "b", "t", "s", "i", "r", "d", "dec", "c", "v", "bin", "dt", "tm", "ts", "tz", "im", "ids", "u", "arr"
        };
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            columns.add(column(i + 1, names[i], all[i], i > 0));
        }
        return container(
                13,
                "types",
                ContainerKind.COLLECTION,
                columns,
                List.of(KeyColumn.ascending(1)),
                List.of(),
                new Partitioning.Whole(5));
    }

    /** A table in the other database whose key descends. */
    private static ContainerDescriptor old() {
        return new ContainerDescriptor(
                14,
                1,
                2,
                "old",
                ContainerKind.COLLECTION,
                List.of(
                        column(1, "k", DataType.INTEGER, false),
                        column(2, "at", DataType.timestamp(6), false),
                        column(3, "Odd Name", DataType.INTEGER, true)),
                List.of(KeyColumn.ascending(1), new KeyColumn(2, true)),
                List.of(),
                List.of(),
                List.of(),
                new Partitioning.Whole(0),
                Map.of(),
                4);
    }

    private static IndexDescriptor index(
            long id, String name, boolean unique, IndexDescriptor.State state, int... columnIds) {
        List<KeyColumn> columns = new ArrayList<>();
        for (int columnId : columnIds) {
            columns.add(KeyColumn.ascending(columnId));
        }
        return new IndexDescriptor(id, name, unique, false, columns, state);
    }

    private static ColumnDescriptor column(int id, String name, DataType type, boolean nullable) {
        return ColumnDescriptor.of(id, name, type, nullable);
    }

    private static ContainerDescriptor container(
            long id,
            String name,
            ContainerKind kind,
            List<ColumnDescriptor> columns,
            List<KeyColumn> key,
            List<IndexDescriptor> indexes,
            Partitioning partitioning) {
        return new ContainerDescriptor(
                id,
                1,
                1,
                name,
                kind,
                columns,
                key,
                indexes,
                List.of(),
                List.of(),
                partitioning,
                Map.of(),
                columns.size() + 1);
    }
}
