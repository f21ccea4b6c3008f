package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** What all nodes of this package share: they are immutable and compare by the SQL they print. */
public abstract class SyntaxCall extends SqlCall {
    private final SqlOperator operator;

    SyntaxCall(SqlParserPos pos, String name) {
        super(pos);
        this.operator = new SqlSpecialOperator(name, SqlKind.OTHER_DDL);
    }

    @Override
    public final SqlOperator getOperator() {
        return operator;
    }

    /** The wrapped queries and expressions that may hold parameters; empty for definitions. */
    @Override
    public List<SqlNode> getOperandList() {
        return List.of();
    }

    /** Returns this node: it is immutable, and a copy at another position has no use. */
    @Override
    public final SqlNode clone(SqlParserPos pos) {
        return this;
    }

    @Override
    public final boolean equalsDeep(@Nullable SqlNode other, Litmus litmus) {
        if (other == null || other.getClass() != getClass() || !SqlText.of(this).equals(SqlText.of(other))) {
            return litmus.fail("{} != {}", this, other);
        }
        return litmus.succeed();
    }

    @Override
    public abstract void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence);
}
