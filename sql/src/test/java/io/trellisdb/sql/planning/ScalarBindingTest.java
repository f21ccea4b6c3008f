package io.trellisdb.sql.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.Test;

final class ScalarBindingTest {
    private static final RowScope EMP = RowScope.of("emp", PlanningFixture.emp());

    private static SqlNode scalar(String expression) {
        return ((SqlSelect) SqlSyntax.parseStatement("select " + expression + " from emp"))
                .getSelectList()
                .get(0);
    }

    private static QueryPlanner.BoundScalar bind(String expression, Optional<DataType> target, RowScope... scopes) {
        return PlanningFixture.planner()
                .bindScalar(scalar(expression), PlanningFixture.catalog(), "public", List.of(scopes), target);
    }

    private static String printed(QueryPlanner.BoundScalar bound, RowScope... scopes) {
        List<OutputColumn> columns = new ArrayList<>();
        for (RowScope scope : scopes) {
            scope.columns()
                    .forEach(column -> columns.add(
                            new OutputColumn(scope.alias() + "." + column.name(), column.type(), column.nullable())));
        }
        return new ExpressionPrinter(columns).print(bound.expression());
    }

    @Test
    void columnsCountThroughAllScopes() {
        RowScope excluded = RowScope.of("excluded", PlanningFixture.emp());

        QueryPlanner.BoundScalar bound = bind("emp.salary + excluded.salary", Optional.empty(), EMP, excluded);

        assertEquals("emp.salary + excluded.salary", printed(bound, EMP, excluded));
        assertEquals(DataType.decimal(11, 2), bound.type());
        assertTrue(bound.nullable());
    }

    @Test
    void aNameOfBothScopesIsAmbiguous() {
        RowScope excluded = RowScope.of("excluded", PlanningFixture.emp());

        TrellisException failure =
                assertThrows(TrellisException.class, () -> bind("salary", Optional.empty(), EMP, excluded));

        assertEquals(ErrorCode.AMBIGUOUS_COLUMN, failure.code());
    }

    @Test
    void aValueIsConvertedToItsColumnByAssignment() {
        QueryPlanner.BoundScalar bound = bind("id + 1", Optional.of(DataType.decimal(10, 2)), EMP);

        assertEquals("CAST(emp.id + 1 AS DECIMAL(10, 2))", printed(bound, EMP));
        assertFalse(bound.nullable());
    }

    @Test
    void aBareParameterHasItsColumnsType() {
        QueryPlanner.BoundScalar bound = bind("?", Optional.of(DataType.DATE), EMP);

        assertEquals(DataType.DATE, bound.type());
        assertEquals(List.of(DataType.DATE), bound.parameterTypes());
    }

    @Test
    void aDefaultNeedsNoRow() {
        QueryPlanner.BoundScalar bound = bind("current_timestamp", Optional.of(DataType.timestamp(3)));

        assertEquals("CAST(CURRENT_TIMESTAMP AS TIMESTAMP(3))", printed(bound));
    }

    @Test
    void aConditionIsABoolean() {
        QueryPlanner.BoundScalar bound = bind("salary > 0 and name <> ''", Optional.of(DataType.BOOLEAN), EMP);

        assertEquals("(emp.salary > 0.00) AND (emp.name <> '')", printed(bound, EMP));
    }

    @Test
    void aConstantStaysAsItIsWritten() {
        assertEquals("2147483647 + 1", printed(bind("2147483647 + 1", Optional.empty())));
    }

    @Test
    void aggregatesAreRefused() {
        TrellisException failure =
                assertThrows(TrellisException.class, () -> bind("sum(id) > 1", Optional.empty(), EMP));

        assertEquals(ErrorCode.GROUPING_ERROR, failure.code());
    }

    @Test
    void windowFunctionsAreRefused() {
        TrellisException failure = assertThrows(
                TrellisException.class, () -> bind("row_number() over (order by id)", Optional.empty(), EMP));

        assertEquals(ErrorCode.GROUPING_ERROR, failure.code());
    }

    @Test
    void subqueriesAreRefused() {
        TrellisException failure =
                assertThrows(TrellisException.class, () -> bind("id in (select id from dept)", Optional.empty(), EMP));

        assertEquals(ErrorCode.NOT_SUPPORTED, failure.code());
    }

    @Test
    void anUnknownColumnIsNamed() {
        TrellisException failure =
                assertThrows(TrellisException.class, () -> bind("salery > 0", Optional.empty(), EMP));

        assertEquals(ErrorCode.UNKNOWN_COLUMN, failure.code());
        assertTrue(failure.getMessage().contains("salery"), failure.getMessage());
    }
}
