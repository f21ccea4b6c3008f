package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** table LATEST ON time PARTITION BY columns: the newest row of each group of rows. */
public final class LatestOn extends SyntaxCall {
    private final SqlNode table;
    private final SqlIdentifier time;
    private final List<SqlIdentifier> columns;

    public LatestOn(SqlParserPos pos, SqlNode table, SqlIdentifier time, List<SqlIdentifier> columns) {
        super(pos, "LATEST ON");
        this.table = table;
        this.time = time;
        this.columns = List.copyOf(columns);
    }

    /** The table reference, with its alias. */
    public SqlNode table() {
        return table;
    }

    public SqlIdentifier time() {
        return time;
    }

    public List<SqlIdentifier> columns() {
        return columns;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(table);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        table.unparse(writer, 0, 0);
        writer.keyword("LATEST ON");
        time.unparse(writer, 0, 0);
        writer.keyword("PARTITION BY");
        SqlText.sequence(writer, columns);
    }
}
