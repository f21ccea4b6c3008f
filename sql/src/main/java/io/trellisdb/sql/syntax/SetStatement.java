package io.trellisdb.sql.syntax;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SET name {= | TO} value, SET TIME ZONE value, and RESET. "SET TIME ZONE" sets the name "timezone". */
public final class SetStatement extends SyntaxCall {
    /** How long the value holds; unspecified means for the session. */
    public enum Scope {
        UNSPECIFIED,
        SESSION,
        LOCAL
    }

    private final Scope scope;
    private final SqlIdentifier name;
    private final @Nullable SqlNode value;

    public SetStatement(SqlParserPos pos, Scope scope, SqlIdentifier name, @Nullable SqlNode value) {
        super(pos, "SET");
        this.scope = scope;
        this.name = name;
        this.value = value;
    }

    public Scope scope() {
        return scope;
    }

    /** The name of the setting; "all" for RESET ALL. */
    public SqlIdentifier name() {
        return name;
    }

    /** A literal or a word; empty for RESET and for DEFAULT. */
    public Optional<SqlNode> value() {
        return Optional.ofNullable(value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        if (value == null) {
            writer.keyword("RESET");
            name.unparse(writer, 0, 0);
            return;
        }
        writer.keyword("SET");
        if (scope != Scope.UNSPECIFIED) {
            writer.keyword(scope.name());
        }
        name.unparse(writer, 0, 0);
        writer.keyword("=");
        value.unparse(writer, 0, 0);
    }
}
