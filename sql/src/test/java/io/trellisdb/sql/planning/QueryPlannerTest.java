package io.trellisdb.sql.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.Values;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlOperator;
import org.junit.jupiter.api.Test;

final class QueryPlannerTest {
    @Test
    void changesSeeTheRowKey() {
        String sql = "select e.\"$rowkey\", e.salary * 2 from public.\"emp$rowkey\" as e where e.id > 3";

        PlannedQuery planned = PlanningFixture.planner()
                .planChange(SqlSyntax.parseStatement(sql), PlanningFixture.catalog(), "public");

        assertEquals(DataType.VARBINARY, planned.columns().get(0).type());
        Gather gather = (Gather) planned.root();
        Scan scan = (Scan) gather.input().inputs().get(0);
        assertTrue(scan.withRowKey());
        assertEquals("$rowkey", scan.output().get(scan.output().size() - 1).name());
    }

    @Test
    void queriesDoNotSeeTheRowKey() {
        TrellisException failure =
                assertThrows(TrellisException.class, () -> PlanningFixture.plan("select * from \"emp$rowkey\""));

        assertEquals(ErrorCode.UNKNOWN_TABLE, failure.code());
    }

    @Test
    void aLongListIsPlannedAsOneSet() {
        String list = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));

        PlannedQuery planned = PlanningFixture.plan("select name from emp where dept_id in (" + list + ")");

        assertTrue(PlanPrinter.print(planned.root()).contains("… 10000 values"), PlanPrinter.print(planned.root()));
    }

    @Test
    void aLongChainOfAlternativesIsPlanned() {
        String chain =
                IntStream.range(0, 900).mapToObj(i -> "name like '%" + i + "'").collect(Collectors.joining(" or "));

        PlannedQuery planned = PlanningFixture.plan("select id from emp where " + chain);

        assertEquals(1, planned.columns().size());
    }

    @Test
    void aLongChainOfOperatorsIsPlannedOrRefused() {
        String chain = IntStream.range(0, 900).mapToObj(i -> "id").collect(Collectors.joining(" + "));

        try {
            assertEquals(
                    1,
                    PlanningFixture.plan("select " + chain + " from emp")
                            .columns()
                            .size());
        } catch (TrellisException e) {
            assertEquals(ErrorCode.STATEMENT_TOO_COMPLEX, e.code());
        }
    }

    @Test
    void valuesAreNotFoldedWrongly() {
        Values values = (Values) PlanningFixture.plan(
                        "select timestamp '2020-01-01 00:00:00.123456' = timestamp '2020-01-01 00:00:00.123999'")
                .root();

        assertEquals(
                "FALSE",
                ExpressionPrinter.value(((io.trellisdb.sql.expression.Literal)
                                values.rows().get(0).get(0))
                        .value()));
    }

    @Test
    void stringsCompareByTheirBytes() {
        // U+FFFD sorts before U+1F600 in UTF-8, after it in UTF-16
        Values values = (Values)
                PlanningFixture.plan("select u&'\\FFFD' < '\uD83D\uDE00'").root();

        assertEquals(
                "TRUE",
                ExpressionPrinter.value(((io.trellisdb.sql.expression.Literal)
                                values.rows().get(0).get(0))
                        .value()));
    }

    @Test
    void everyAggregateThatCanBeNamedCanBeComputed() {
        for (SqlOperator operator : AggregateOperators.all()) {
            assertTrue(Aggregates.isImplemented(FunctionNames.aggregate(operator.getName())), operator.getName());
        }
    }

    @Test
    void somethingElseThanAQueryIsRefused() {
        TrellisException failure = assertThrows(TrellisException.class, () -> PlanningFixture.plan("delete from emp"));

        assertEquals(ErrorCode.SYNTAX_ERROR, failure.code());
    }
}
