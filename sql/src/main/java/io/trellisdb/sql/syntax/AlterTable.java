package io.trellisdb.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** ALTER TABLE [IF EXISTS] name with one or several actions. */
public final class AlterTable extends SyntaxCall {
    private final boolean ifExists;
    private final SqlIdentifier name;
    private final List<AlterAction> actions;

    public AlterTable(SqlParserPos pos, boolean ifExists, SqlIdentifier name, List<AlterAction> actions) {
        super(pos, "ALTER TABLE");
        this.ifExists = ifExists;
        this.name = name;
        this.actions = List.copyOf(actions);
    }

    public boolean ifExists() {
        return ifExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** At least one, in the order written. */
    public List<AlterAction> actions() {
        return actions;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("ALTER TABLE");
        SqlText.ifExists(writer, ifExists);
        name.unparse(writer, 0, 0);
        SqlWriter.Frame frame = writer.startList("", "");
        for (AlterAction action : actions) {
            writer.sep(",");
            action.write(writer);
        }
        writer.endList(frame);
    }
}
