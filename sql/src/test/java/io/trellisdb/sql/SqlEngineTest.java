package io.trellisdb.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.harness.SqlHarness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SqlEngineTest {
    private final SqlHarness sql = new SqlHarness();

    @AfterEach
    void storeIsConsistent() {
        sql.close();
    }

    private static ErrorCode code(Runnable work) {
        return assertThrows(TrellisException.class, work::run).code();
    }

    private static List<Batch> ints(int columns, int... values) {
        List<DataType> types = Collections.nCopies(columns, DataType.INTEGER);
        BatchBuilder builder = new BatchBuilder(types, values.length);
        for (int i = 0; i < values.length; i += columns) {
            Object[] row = new Object[columns];
            for (int k = 0; k < columns; k++) {
                row[k] = values[i + k];
            }
            builder.appendRow(row);
        }
        return List.of(builder.build());
    }

    @Test
    void warmLiteralStatementsByKeyAreNotPlannedAgain() {
        sql.run("create table t (id int primary key, a varchar(20))");
        sql.run("insert into t values (0, 'x')");
        sql.run("select a from t where id = 0");
        sql.run("update t set a = 'y' where id = 0");
        sql.run("delete from t where id = 0");
        long planned = sql.engine().planningCount();

        for (int i = 1; i <= 50; i++) {
            assertEquals("1 row", sql.run("insert into t values (" + i + ", 'v" + i + "')"));
            assertEquals("1 row", sql.run("update t set a = 'w" + i + "' where id = " + i));
            assertEquals("a\nw" + i, sql.run("select a from t where id = " + i));
            assertEquals("1 row", sql.run("delete from t where id = " + i));
        }

        assertEquals(planned, sql.engine().planningCount());
    }

    @Test
    void literalsThatDoNotFitTheTemplateArePlannedAsWritten() {
        sql.run("create table t (id int primary key, r real, d double)");
        sql.run("insert into t values (1, 0.1, 0.1)");

        assertEquals("id", sql.run("select id from t where id = 1.5"));
        assertEquals("id\n1", sql.run("select id from t where id = 1.0"));
        assertEquals("id", sql.run("select id from t where id = 99999999999"));
        assertEquals("id\n1", sql.run("select id from t where id < 99999999999"));
        assertEquals("id\n1", sql.run("select id from t where d = 0.1"));
    }

    @Test
    void readsByKeyNeverWaitAndSayWhereTheyGo() {
        sql.run("create table w (id int primary key, a int)");
        sql.run("create table h (id bigint, b varchar(5), a int, primary key (id, b)) partition by hash (b)");

        PreparedQuery whole = sql.prepare("select a from w where id = ?");
        PreparedQuery hash = sql.prepare("select a from h where b = ? and id = ?");
        PreparedQuery part = sql.prepare("select a from h where b = ?");

        assertTrue(whole.isKeyRead());
        assertInstanceOf(RoutingRule.ToPartition.class, whole.routing());
        assertTrue(hash.isKeyRead());
        assertEquals(new RoutingRule.ByParameters(List.of(0), List.of(DataType.varchar(5))), hash.routing());
        assertFalse(part.isKeyRead());
        assertEquals(hash.routing(), part.routing());
        assertInstanceOf(
                RoutingRule.Anywhere.class,
                sql.prepare("select a from h where id = ?").routing());
    }

    @Test
    void changesSayWhereTheyGo() {
        sql.run("create table h (id bigint, b varchar(5), a int, primary key (id, b)) partition by hash (b)");
        RoutingRule byText = new RoutingRule.ByParameters(List.of(1), List.of(DataType.varchar(5)));

        assertEquals(byText, sql.prepare("insert into h values (?, ?, ?)").routing());
        assertEquals(
                new RoutingRule.ByParameters(List.of(2), List.of(DataType.varchar(5))),
                sql.prepare("update h set a = ? where id = ? and b = ?").routing());
        assertEquals(byText, sql.prepare("delete from h where id = ? and b = ?").routing());
        assertInstanceOf(
                RoutingRule.Anywhere.class,
                sql.prepare("delete from h where a = ?").routing());
    }

    @Test
    void manyRowsOfParametersAreOneStatement() {
        sql.run("create table h (id int primary key, a int) partition by hash (id)");
        PreparedQuery insert = sql.prepare("insert into h values (?, ?)");
        int[] values = new int[2000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }

        ExecutionResult result = sql.execute(insert, ints(2, values), null, List.of());

        assertEquals("1000 rows", SqlHarness.show(result));
        assertEquals(1, sql.node().writeCount());
        assertEquals(
                ErrorCode.UNIQUE_VIOLATION, code(() -> sql.execute(insert, ints(2, 5000, 1, 0, 1), null, List.of())));
        assertEquals("count\n1000", sql.run("select count(*) from h"));
    }

    @Test
    void aBatchOfChangesByKeySeesItsEarlierChanges() {
        sql.run("create table t (id int primary key, a int)");
        sql.run("insert into t values (1, 0), (2, 0)");
        PreparedQuery update = sql.prepare("update t set a = a * 10 + ? where id = ?");

        ExecutionResult result = sql.execute(update, ints(2, 1, 1, 2, 2, 3, 1, 4, 9), null, List.of());

        assertEquals("3 rows", SqlHarness.show(result));
        assertEquals("id | a\n1 | 13\n2 | 2", sql.run("select * from t order by id"));
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswer() {
        sql.run("create table t (id int generated always as identity primary key, a int) partition by hash (id)");
        PreparedQuery insert = sql.prepare("insert into t (a) values (?)");
        Token token = new Token(77, 1, 1);

        String first = SqlHarness.show(sql.execute(insert, ints(1, 10, 20, 30), token, List.of("*")));
        String again = SqlHarness.show(sql.execute(insert, ints(1, 10, 20, 30), token, List.of("*")));

        assertEquals("3 rows\nid\n1\n2\n3", first);
        assertEquals(first, again);
        assertEquals("count\n3", sql.run("select count(*) from t"));
    }

    @Test
    void aRepeatedChangeThatReadFirstIsNotRunAgain() {
        sql.run("create table t (id int primary key, a int) partition by hash (id)");
        sql.run("insert into t values (1, 1), (2, 1), (3, 1), (4, 1)");
        PreparedQuery update = sql.prepare("update t set a = a + ? where a < 5 returning id, a");
        Token token = new Token(78, 1, 1);

        String first = SqlHarness.show(sql.execute(update, ints(1, 1), token, List.of()));
        String again = SqlHarness.show(sql.execute(update, ints(1, 1), token, List.of()));

        assertEquals(first, again);
        assertEquals("sum\n8", sql.run("select sum(a) from t"));
    }

    @Test
    void aChangeRunsAgainWhenItsRowsHaveChanged() {
        sql.run("create table t (id int primary key, a int, b varchar(5))");
        sql.run("insert into t values (1, 1, 'x'), (2, 2, 'x')");
        sql.node().beforeNextWrite(() -> sql.run("update t set a = 100 where id = 1"));

        assertEquals("2 rows", sql.run("update t set a = a + 1 where b = 'x'"));

        assertEquals("id | a | b\n1 | 101 | x\n2 | 3 | x", sql.run("select * from t order by id"));
    }

    @Test
    void aChangeGivesUpWhenItsRowsChangeEveryTime() {
        sql.run("create table t (id int primary key, a int)");
        sql.run("insert into t values (1, 1)");
        int[] times = {0};
        Runnable[] meddle = new Runnable[1];
        meddle[0] = () -> {
            sql.run("update t set a = a + 1 where id = 1");
            times[0]++;
            sql.node().beforeNextWrite(meddle[0]);
        };
        sql.node().beforeNextWrite(meddle[0]);

        ErrorCode failure = sql.failure("update t set a = 0 where a > 0");

        assertEquals(ErrorCode.SERIALIZATION_FAILURE, failure);
        assertEquals(11, times[0]);
    }

    @Test
    void aChangeOfTooManyBytesIsRefused() {
        SqlHarness small = new SqlHarness(4, new SqlOptions(10, 10, 100_000, 3));
        small.run("create table t (id int primary key, a varchar(2000))");
        List<String> tuples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tuples.add("(" + i + ", '" + "x".repeat(2000) + "')");
        }

        assertEquals(ErrorCode.LIMIT_EXCEEDED, small.failure("insert into t values " + String.join(", ", tuples)));
        assertEquals("count\n0", small.run("select count(*) from t"));
    }

    @Test
    void preparedStatementsFollowTheCatalog() {
        sql.run("create table t (id int primary key, a int)");
        PreparedQuery insert = sql.prepare("insert into t (id, a) values (?, ?)");
        PreparedQuery named = sql.prepare("select a from t where id = ?");
        PreparedQuery star = sql.prepare("select * from t where id = ?");
        sql.run("alter table t add column b int default 9");

        assertEquals("1 row", sql.run(insert, 1, 2));
        assertEquals("a\n2", sql.run(named, 1));
        assertEquals(ErrorCode.SCHEMA_CHANGED, code(() -> sql.run(star, 1)));
        assertEquals("id | a | b\n1 | 2 | 9", sql.run("select * from t where id = 1"));
        sql.run("drop table t");
        assertEquals(ErrorCode.UNKNOWN_TABLE, code(() -> sql.run(named, 1)));
    }

    @Test
    void aChangeIsPlannedAgainWhenItsTableChangesUnderIt() {
        sql.run("create table t (id int primary key, a int)");
        PreparedQuery insert = sql.prepare("insert into t (id, a) values (?, ?)");
        sql.node().beforeNextWrite(() -> sql.run("alter table t add column b int default 5"));

        assertEquals("1 row", sql.run(insert, 1, 2));
        assertEquals("id | a | b\n1 | 2 | 5", sql.run("select * from t"));
    }

    @Test
    void generatedKeysAreReturnedByName() {
        sql.run("create table t (id serial primary key, a int default 5, b int)");
        PreparedQuery insert = sql.prepare("insert into t (b) values (?)");

        assertEquals(
                "1 row\na | id\n5 | 1", SqlHarness.show(sql.execute(insert, ints(1, 1), null, List.of("a", "id"))));
        assertEquals(ErrorCode.UNKNOWN_COLUMN, code(() -> sql.execute(insert, ints(1, 1), null, List.of("nope"))));
    }

    @Test
    void parametersAreConvertedToTheirColumns() {
        sql.run("create table t (id bigint primary key, a smallint, s varchar(3))");
        PreparedQuery insert = sql.prepare("insert into t values (?, ?, ?)");
        List<DataType> given = List.of(DataType.INTEGER, DataType.INTEGER, DataType.TEXT);

        sql.execute(insert, List.of(SqlHarness.row(given, 1, 300, "abc")), null, List.of());

        assertEquals("id | a | s\n1 | 300 | abc", sql.run("select * from t"));
        assertEquals(
                ErrorCode.NUMBER_OUT_OF_RANGE,
                code(() -> sql.execute(insert, List.of(SqlHarness.row(given, 2, 40000, "abc")), null, List.of())));
        assertEquals(
                ErrorCode.STRING_TOO_LONG,
                code(() -> sql.execute(insert, List.of(SqlHarness.row(given, 2, 3, "abcd")), null, List.of())));
        assertEquals(ErrorCode.UNKNOWN_PARAMETER, code(() -> sql.execute(insert, ints(2, 1, 2), null, List.of())));
        assertEquals(ErrorCode.UNKNOWN_PARAMETER, code(() -> sql.execute(insert, List.of(), null, List.of())));
    }

    @Test
    void severalTuplesWithParametersMakeSeveralRowsEach() {
        sql.run("create table t (id int primary key, a int)");
        PreparedQuery insert = sql.prepare("insert into t values (?, 1), (? + 100, ?)");

        ExecutionResult result = sql.execute(insert, ints(3, 1, 2, 3, 4, 5, 6), null, List.of());

        assertEquals("4 rows", SqlHarness.show(result));
        assertEquals("id | a\n1 | 1\n4 | 1\n102 | 3\n105 | 6", sql.run("select * from t order by id"));
    }

    @Test
    void onConflictReadsTheParametersOfItsRow() {
        sql.run("create table t (id int primary key, a int)");
        sql.run("insert into t values (1, 1), (2, 2)");
        PreparedQuery insert =
                sql.prepare("insert into t values (?, ?) on conflict (id) do update set a = t.a + cast(? as int)");

        sql.execute(insert, ints(3, 1, 0, 10, 2, 0, 20, 3, 30, 0), null, List.of());

        assertEquals("id | a\n1 | 11\n2 | 22\n3 | 30", sql.run("select * from t order by id"));
    }

    @Test
    void plansThatAreThereAreFoundWithoutPlanning() {
        sql.run("create table t (id int primary key, a int)");
        String text = "select a from t where id = ";

        assertTrue(sql.engine().findPrepared(sql.session(), text + 1).isEmpty());
        sql.run(text + 1);

        assertTrue(
                sql.engine().findPrepared(sql.session(), text + 2).orElseThrow().isKeyRead());
        assertTrue(sql.engine().findPrepared(sql.session(), text + 1.5).isEmpty());
    }

    @Test
    void warmUpRunsOnAnEmptyNode() {
        sql.engine().warmUp();

        assertTrue(sql.engine().planningCount() > 10);
    }

    @Test
    void aReadOnlySessionChangesNothing() {
        sql.run("create table t (id int primary key)");
        PreparedQuery insert = sql.prepare("insert into t values (?)");
        sql.session().readOnly(true);

        assertEquals(ErrorCode.READ_ONLY_TRANSACTION, code(() -> sql.run(insert, 1)));
        assertEquals(ErrorCode.READ_ONLY_TRANSACTION, sql.failure("drop table t"));
        assertEquals("id", sql.run("select * from t"));
    }
}
