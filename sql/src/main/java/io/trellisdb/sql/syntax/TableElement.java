package io.trellisdb.sql.syntax;

import org.apache.calcite.sql.parser.SqlParserPos;

/** What stands between the parentheses of CREATE TABLE: a column or a constraint. */
public abstract sealed class TableElement extends SyntaxCall permits ColumnDefinition, TableConstraint {
    TableElement(SqlParserPos pos, String name) {
        super(pos, name);
    }
}
