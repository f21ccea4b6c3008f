package io.trellisdb.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.sql.syntax.AlterAction;
import io.trellisdb.sql.syntax.AlterTable;
import io.trellisdb.sql.syntax.ColumnDefinition;
import io.trellisdb.sql.syntax.CreateTable;
import io.trellisdb.sql.syntax.InsertStatement;
import io.trellisdb.sql.syntax.KeyConstraint;
import io.trellisdb.sql.syntax.Partitioning;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.junit.jupiter.api.Test;

final class SqlSyntaxTest {
    @Test
    void unquotedNamesFoldToLowerCaseAndQuotedNamesStay() {
        CreateTable table = parse(CreateTable.class, "CREATE TABLE Db.Orders (Id INT, \"Total\" REAL)");

        assertEquals(List.of("db", "orders"), table.name().names);
        assertEquals(
                List.of("id", "Total"),
                table.elements().stream()
                        .map(e -> ((ColumnDefinition) e).name().getSimple())
                        .toList());
    }

    @Test
    void columnConstraintsNameTheirColumn() {
        CreateTable table = parse(CreateTable.class, "create table t (a int not null constraint pk primary key)");

        ColumnDefinition column = (ColumnDefinition) table.elements().get(0);
        KeyConstraint key = (KeyConstraint) column.constraints().get(0);
        assertEquals(ColumnDefinition.Nullability.NOT_NULL, column.nullability());
        assertTrue(key.primary());
        assertEquals("pk", key.name().orElseThrow().getSimple());
        assertEquals("a", key.columns().get(0).column().getSimple());
    }

    @Test
    void rangePartitioningKeepsWidthUnitAndHash() {
        CreateTable table = parse(
                CreateTable.class,
                "create table t (a int, ts timestamp) using timeseries partition by range (ts) every (6, hour)"
                        + " subpartition by hash (a) subpartitions 4 with (expiration = '1 day')");

        Partitioning.ByRange range = (Partitioning.ByRange) table.partitioning().orElseThrow();
        assertEquals(CreateTable.ContainerKind.TIMESERIES, table.kind());
        assertEquals("ts", range.column().getSimple());
        assertEquals(6, range.width());
        assertEquals(TimeUnit.HOUR, range.unit().orElseThrow());
        assertEquals(4, range.hashPartitions());
        assertEquals("expiration", table.options().get(0).key());
    }

    @Test
    void serialIsAnIntegerWithAnIdentity() {
        CreateTable table = parse(CreateTable.class, "create table t (a bigserial)");

        ColumnDefinition column = (ColumnDefinition) table.elements().get(0);
        assertEquals("BIGINT", column.type().getTypeName().getSimple());
        assertFalse(column.identity().orElseThrow().always());
    }

    @Test
    void parametersOfAChangeAreFoundInItsClauses() {
        InsertStatement insert = parse(
                InsertStatement.class,
                "insert into t (a, b) values (?, 1) on conflict (a) do update set b = ? where t.b > ? returning b + ?");

        assertEquals(List.of(0, 1, 2, 3), parameters(insert));
        assertEquals(InsertStatement.Mode.INSERT, insert.mode());
        assertFalse(insert.conflict().orElseThrow().doNothing());
    }

    @Test
    void defaultValuesAndUpsertAreRecognised() {
        assertTrue(parse(InsertStatement.class, "insert into t default values").defaultValues());
        assertFalse(parse(InsertStatement.class, "insert into t values (1)").defaultValues());
        assertEquals(
                InsertStatement.Mode.UPSERT,
                parse(InsertStatement.class, "insert or replace into t values (1)")
                        .mode());
    }

    @Test
    void alterTableKeepsTheOrderOfItsActions() {
        AlterTable alter = parse(AlterTable.class, "alter table t drop column a, add column b int, rename to u");

        assertInstanceOf(AlterAction.DropColumn.class, alter.actions().get(0));
        assertInstanceOf(AlterAction.AddColumn.class, alter.actions().get(1));
        assertInstanceOf(AlterAction.RenameTable.class, alter.actions().get(2));
    }

    private static <T extends SqlNode> T parse(Class<T> type, String sql) {
        return assertInstanceOf(type, SqlSyntax.parseStatement(sql));
    }

    private static List<Integer> parameters(SqlNode node) {
        List<Integer> found = new ArrayList<>();
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlDynamicParam parameter) {
                found.add(parameter.getIndex());
                return null;
            }
        });
        return found;
    }
}
