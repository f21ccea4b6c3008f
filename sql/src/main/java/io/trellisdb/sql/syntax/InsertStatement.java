package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** INSERT and its variants: UPSERT INTO, INSERT OR REPLACE INTO, ON CONFLICT, DEFAULT VALUES, RETURNING. */
public final class InsertStatement extends SyntaxCall {
    /** What happens to a row whose key exists, where there is no ON CONFLICT clause. */
    public enum Mode {
        /** The statement fails. */
        INSERT("INSERT INTO"),
        /** The row is replaced; INSERT OR REPLACE means the same. */
        UPSERT("UPSERT INTO");

        private final String text;

        Mode(String text) {
            this.text = text;
        }
    }

    /** Whether DEFAULT VALUES is written. */
    public boolean defaultValues() {
        return insert.getSource() instanceof SqlCall values
                && values.operandCount() == 1
                && values.operand(0) instanceof SqlCall row
                && row.operandCount() == 0;
    }

    private final Mode mode;
    private final SqlInsert insert;
    private final @Nullable SqlIdentifier alias;
    private final @Nullable ConflictClause conflict;
    private final List<SqlNode> returning;

    public InsertStatement(
            SqlParserPos pos,
            Mode mode,
            SqlInsert insert,
            @Nullable SqlIdentifier alias,
            @Nullable ConflictClause conflict,
            List<SqlNode> returning) {
        super(pos, "INSERT STATEMENT");
        this.mode = mode;
        this.insert = insert;
        this.alias = alias;
        this.conflict = conflict;
        this.returning = List.copyOf(returning);
    }

    public Mode mode() {
        return mode;
    }

    /** Target, columns and source. With DEFAULT VALUES the source is one empty row. */
    public SqlInsert insert() {
        return insert;
    }

    /** The alias of the target, for ON CONFLICT and RETURNING. */
    public Optional<SqlIdentifier> alias() {
        return Optional.ofNullable(alias);
    }

    public Optional<ConflictClause> conflict() {
        return Optional.ofNullable(conflict);
    }

    /** The items of RETURNING; empty without it. */
    public List<SqlNode> returning() {
        return returning;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return SqlText.operands(insert, conflict, returning);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(mode.text);
        insert.getTargetTable().unparse(writer, 0, 0);
        if (alias != null) {
            writer.keyword("AS");
            alias.unparse(writer, 0, 0);
        }
        SqlNodeList columns = insert.getTargetColumnList();
        if (columns != null) {
            SqlText.list(writer, columns);
        }
        if (defaultValues()) {
            writer.keyword("DEFAULT VALUES");
        } else {
            SqlText.query(writer, insert.getSource());
        }
        if (conflict != null) {
            conflict.unparse(writer, 0, 0);
        }
        SqlText.returning(writer, returning);
    }
}
