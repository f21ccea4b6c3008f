package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** VERIFY [PARTITION n]. */
public final class VerifyStatement extends SyntaxCall {
    private final @Nullable SqlNode partition;

    public VerifyStatement(SqlParserPos pos, @Nullable SqlNode partition) {
        super(pos, "VERIFY");
        this.partition = partition;
    }

    /** The partition's number: a literal or a parameter; empty for all partitions. */
    public Optional<SqlNode> partition() {
        return Optional.ofNullable(partition);
    }

    @Override
    public List<SqlNode> getOperandList() {
        return partition == null ? List.of() : List.of(partition);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("VERIFY");
        if (partition != null) {
            writer.keyword("PARTITION");
            partition.unparse(writer, 0, 0);
        }
    }
}
