package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A query with FOR UPDATE or FOR SHARE. */
public final class LockingQuery extends SyntaxCall {
    private final SqlNode query;
    private final boolean share;

    public LockingQuery(SqlParserPos pos, SqlNode query, boolean share) {
        super(pos, "LOCKING QUERY");
        this.query = query;
        this.share = share;
    }

    public SqlNode query() {
        return query;
    }

    /** Whether FOR SHARE is written. */
    public boolean share() {
        return share;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        query.unparse(writer, 0, 0);
        writer.keyword(share ? "FOR SHARE" : "FOR UPDATE");
    }
}
