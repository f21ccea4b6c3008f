package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** DISTINCT ON (expressions): the first row of each group of rows, in the query's order. Stands among a SELECT's keywords. */
public final class DistinctOn extends SyntaxCall {
    private final List<SqlNode> keys;

    public DistinctOn(SqlParserPos pos, List<SqlNode> keys) {
        super(pos, "DISTINCT ON");
        this.keys = List.copyOf(keys);
    }

    /** Adds the clause, if there is one, to a SELECT's keywords. */
    public static void addTo(SqlNodeList keywords, @Nullable DistinctOn clause) {
        if (clause != null) {
            keywords.add(clause);
        }
    }

    /** The clause of a SELECT, or null. */
    public static @Nullable DistinctOn of(SqlSelect select) {
        SqlNode keywords = select.getOperandList().get(0);
        if (keywords instanceof SqlNodeList list) {
            for (SqlNode keyword : list) {
                if (keyword instanceof DistinctOn clause) {
                    return clause;
                }
            }
        }
        return null;
    }

    /** The expressions that rows of a group share. */
    public List<SqlNode> keys() {
        return keys;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return keys;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("DISTINCT ON");
        SqlText.list(writer, keys);
    }
}
