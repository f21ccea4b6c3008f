package io.trellisdb.sql.planning;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become row expressions: our functions and everything about time as they are written, the rest as Calcite does
 * it. Calcite computes times in milliseconds, so that its rewriting of FLOOR or TIMESTAMPDIFF would lose digits.
 */
final class Convertlets implements SqlRexConvertletTable {
    static final Convertlets INSTANCE = new Convertlets();

    private Convertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator instanceof ScalarOperators.Plain
                || operator instanceof AggregateOperators.Plain
                || operator.equals(TimeOperators.PLUS)
                || operator.equals(TimeOperators.MINUS)
                || isTime(operator)) {
            return Convertlets::asWritten;
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }

    private static boolean isTime(SqlOperator operator) {
        return operator.getKind() == SqlKind.EXTRACT
                || operator.getKind() == SqlKind.TIMESTAMP_ADD
                || operator.getKind() == SqlKind.TIMESTAMP_DIFF
                || operator.getKind() == SqlKind.FLOOR
                || operator.getKind() == SqlKind.CEIL;
    }

    private static RexNode asWritten(SqlRexContext context, SqlCall call) {
        List<RexNode> arguments = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            arguments.add(context.convertExpression(operand));
        }
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        return context.getRexBuilder().makeCall(call.getParserPosition(), type, call.getOperator(), arguments);
    }
}
