package io.trellisdb.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** ON CONFLICT [(columns)] DO {NOTHING | UPDATE SET … [WHERE …]}. */
public final class ConflictClause extends SyntaxCall {
    /** Whether colliding rows are left as they are. */
    public boolean doNothing() {
        return assignedColumns.isEmpty();
    }

    private final List<SqlIdentifier> target;
    private final List<SqlIdentifier> assignedColumns;
    private final List<SqlNode> assignedValues;
    private final @Nullable SqlNode condition;

    public ConflictClause(
            SqlParserPos pos,
            List<SqlIdentifier> target,
            List<SqlIdentifier> assignedColumns,
            List<SqlNode> assignedValues,
            @Nullable SqlNode condition) {
        super(pos, "ON CONFLICT");
        this.target = List.copyOf(target);
        this.assignedColumns = List.copyOf(assignedColumns);
        this.assignedValues = List.copyOf(assignedValues);
        this.condition = condition;
    }

    /** The columns of the key that may collide; empty where none is named. */
    public List<SqlIdentifier> target() {
        return target;
    }

    /** The columns of DO UPDATE SET; empty for DO NOTHING. */
    public List<SqlIdentifier> assignedColumns() {
        return assignedColumns;
    }

    /** The values in the order of the columns; "excluded" names the row that could not be inserted. */
    public List<SqlNode> assignedValues() {
        return assignedValues;
    }

    public Optional<SqlNode> condition() {
        return Optional.ofNullable(condition);
    }

    @Override
    public List<SqlNode> getOperandList() {
        List<SqlNode> operands = new ArrayList<>(assignedValues);
        condition().ifPresent(operands::add);
        return List.copyOf(operands);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("ON CONFLICT");
        if (!target.isEmpty()) {
            SqlText.list(writer, target);
        }
        if (doNothing()) {
            writer.keyword("DO NOTHING");
            return;
        }
        writer.keyword("DO UPDATE SET");
        SqlText.assignments(writer, assignedColumns, assignedValues);
        if (condition != null) {
            writer.keyword("WHERE");
            condition.unparse(writer, 0, 0);
        }
    }
}
