package io.trellisdb.sql.write;

import io.trellisdb.sql.parser.SqlSyntax;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** Expressions that the catalog keeps as text. */
public final class Snippets {
    private Snippets() {}

    /** The syntax tree of an expression, such as a DEFAULT or a CHECK condition. */
    public static SqlNode expression(String sql) {
        SqlNode statement = SqlSyntax.parseStatement("SELECT " + sql);
        if (statement instanceof SqlSelect select && select.getSelectList().size() == 1) {
            return select.getSelectList().get(0);
        }
        throw new IllegalStateException("text of the catalog is not an expression: " + sql);
    }
}
