package io.trellisdb.sql.lexer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatementTextTest {
    private static final StatementText.Conversion NONE = (value, from, to) -> {
        throw new AssertionError("literal should need no conversion: " + value);
    };

    private static StatementText read(String sql) {
        return StatementText.read(sql).orElseThrow(() -> new AssertionError("not understood: " + sql));
    }

    private static List<Object> values(String sql, DataType... types) {
        Optional<List<Batch>> rows = read(sql).parameters(List.of(types), NONE);
        return rows.map(batches -> batches.get(0).row(0)).orElse(List.of());
    }

    private static void assertNotUnderstood(String sql) {
        assertTrue(StatementText.read(sql).isEmpty(), sql);
    }

    @Test
    void comparisonsWithNamesLoseTheirLiterals() {
        StatementText text =
                read("SELECT a, 5 FROM T -- why\n WHERE t.id = -7 AND \"Odd\" >= 'it''s' /* x */ LIMIT 3;");

        assertEquals("select a , 5 from t where t . id = ? and \"Odd\" >= ? limit 3", text.template());
        assertEquals(
                List.of(-7, "it's"),
                values("select 1 from t where a = -7 and b = 'it''s'", DataType.INTEGER, DataType.VARCHAR));
    }

    @Test
    void listsLoseTheirLiterals() {
        StatementText text = read("select * from t where a in ('x', 'y') and b not in (1, -2, c, 3) and d > 4");

        assertEquals("select * from t where a in ( ? , ? ) and b not in ( ? , ? , c , 3 ) and d > ?", text.template());
        assertEquals(
                List.of("x", "y", 1, -2, 4),
                values(
                        "select * from t where a in ('x', 'y') and b in (1, -2) and d > 4",
                        DataType.VARCHAR,
                        DataType.VARCHAR,
                        DataType.INTEGER,
                        DataType.INTEGER,
                        DataType.INTEGER));
    }

    @Test
    void literalsThatDecideMoreThanAValueStay() {
        assertNotUnderstood("select 1, 'a' from t limit 5");
        assertNotUnderstood("select * from t where a + 1 > b");
        assertNotUnderstood("select * from t where a + 1 in (b + 1, 2)");
        assertNotUnderstood("select * from t where (a, b) in ((1, 2), (3, 4))");
        assertNotUnderstood("select * from t where a in (null, 1 + 1)");
        assertNotUnderstood("select greatest(1, 2) from t");
        assertNotUnderstood("select * from t where a between 1 and 2");
        assertNotUnderstood("select * from t where a = 5 + b");
        assertNotUnderstood("select * from t where a = null");
        assertNotUnderstood("create table t (a int check (a > 5))");
        assertNotUnderstood("select * from (select row_number() over (order by a) as n from t) as x where n = 1");
    }

    @Test
    void textsWithParametersOrOddQuotesAreLeftToTheParser() {
        assertNotUnderstood("select * from t where a = ? and b = 5");
        assertNotUnderstood("select * from t where a = 'open");
        assertNotUnderstood("select * from t where a = U&'x' and b = 1");
        assertNotUnderstood("select * from t where a = 5 /* open");
        assertNotUnderstood("select /*+ hint */ * from t where a = 5");
        assertNotUnderstood("select * from t where a = 5x");
        assertNotUnderstood("select $$ from t where a = 5");
    }

    @Test
    void aComparedLiteralMustBelongToTheTypeExactly() {
        String sql = "select 1 from t where a = ";

        assertEquals(List.of(), values(sql + "1.5", DataType.INTEGER));
        assertEquals(List.of(), values(sql + "99999999999", DataType.INTEGER));
        assertEquals(List.of(99999999999L), values(sql + "99999999999", DataType.BIGINT));
        assertEquals(List.of(), values(sql + "0.1", DataType.REAL));
        assertEquals(List.of(0.5f), values(sql + "0.5", DataType.REAL));
        assertEquals(List.of(0.1), values(sql + "0.1", DataType.DOUBLE));
        assertEquals(List.of(), values(sql + "1.234", DataType.decimal(5, 2)));
        assertEquals(List.of(new BigDecimal("1.20")), values(sql + "1.2", DataType.decimal(5, 2)));
        assertEquals(List.of(), values(sql + "1e2", DataType.decimal(5, 2)));
        assertEquals(List.of(), values(sql + "'abcd'", DataType.varchar(3)));
        assertEquals(List.of(), values(sql + "5", DataType.VARCHAR));
        assertEquals(List.of(), values(sql + "'5'", DataType.INTEGER));
        assertEquals(List.of(), values(sql + "'2024-01-01 00:00:00.0001'", DataType.timestamp(3)));
    }

    @Test
    void timestampsAndDatesAreReadInTheirUsualForms() {
        String sql = "select 1 from t where a = ";
        DataType millis = DataType.timestamp(3);

        assertEquals(
                List.of(LocalDateTime.parse("1969-12-31T23:59:59.999")),
                values(sql + "'1969-12-31 23:59:59.999'", millis));
        assertEquals(
                List.of(LocalDateTime.parse("2024-02-29T10:11")), values(sql + "timestamp '2024-02-29T10:11'", millis));
        assertEquals(List.of(LocalDateTime.parse("2024-02-29T00:00")), values(sql + "'2024-02-29'", millis));
        assertEquals(List.of(LocalDate.parse("2024-02-29")), values(sql + "date '2024-02-29'", DataType.DATE));
        assertEquals(List.of(), values(sql + "'2023-02-29'", DataType.DATE));
        assertEquals(List.of(), values(sql + "date '2024-02-29'", millis));
        assertEquals(List.of(), values(sql + "'2024-02-29 24:00:00'", millis));
    }

    @Test
    void tuplesOfInsertBecomeRows() {
        StatementText text =
                read("INSERT INTO t (a, b, c) VALUES (1, 'x', NULL), (-2, 'y', TRUE) ON CONFLICT DO NOTHING");

        assertEquals("insert into t ( a , b , c ) values (?, ?, ?) on conflict do nothing", text.template());
        assertEquals(2, text.rowCount());
        Batch rows = text.parameters(List.of(DataType.INTEGER, DataType.VARCHAR, DataType.BOOLEAN), NONE)
                .orElseThrow()
                .get(0);
        assertEquals(List.of(-2, "y", true), rows.row(1));
    }

    @Test
    void defaultStaysInTheTemplateWhenEveryTupleHasItThere() {
        assertEquals(
                "upsert into t values (default, ?)",
                read("upsert into t values (default, 1), (default, 2)").template());
        assertNotUnderstood("insert into t values (default, 1), (2, default)");
    }

    @Test
    void insertsWithExpressionsAreLeftToTheParser() {
        assertNotUnderstood("insert into t values (1 + 1)");
        assertNotUnderstood("insert into t values (now())");
        assertNotUnderstood("insert into t values (?, 1)");
        assertNotUnderstood("insert into t select 1");
        assertNotUnderstood("insert into t default values");
        assertNotUnderstood("insert into t values (1, 2), (3)");
        assertNotUnderstood("insert into t values (1");
    }

    @Test
    void manyTuplesFillSeveralBatches() {
        StringBuilder sql = new StringBuilder("insert into t values (0)");
        for (int i = 1; i < 5000; i++) {
            sql.append(",(").append(i).append(')');
        }

        List<Batch> batches =
                read(sql.toString()).parameters(List.of(DataType.INTEGER), NONE).orElseThrow();

        assertEquals(2, batches.size());
        assertEquals(4999, batches.get(1).column(0).value(batches.get(1).rowCount() - 1));
    }

    @Test
    void insertedLiteralsOfOtherTypesAreConverted() {
        StatementText text = read("insert into t values (1.5, '7')");

        List<Batch> rows = text.parameters(
                        List.of(DataType.INTEGER, DataType.INTEGER),
                        (value, from, to) -> from.kind().isString() ? 7 : 2)
                .orElseThrow();

        assertEquals(List.of(2, 7), rows.get(0).row(0));
    }
}
