package io.trellisdb.sql.syntax;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** SHOW: lists of the catalog, of sessions and of settings. */
public final class ShowStatement extends SyntaxCall {
    /** What is shown. SETTING shows one named setting, ALL shows every setting. */
    public enum Subject {
        TABLES,
        DATABASES,
        COLUMNS,
        INDEXES,
        CREATE_TABLE,
        SESSIONS,
        SETTING,
        ALL
    }

    private final Subject subject;
    private final @Nullable SqlIdentifier name;
    private final @Nullable SqlNode pattern;

    public ShowStatement(SqlParserPos pos, Subject subject, @Nullable SqlIdentifier name, @Nullable SqlNode pattern) {
        super(pos, "SHOW");
        this.subject = subject;
        this.name = name;
        this.pattern = pattern;
    }

    public Subject subject() {
        return subject;
    }

    /** The database of SHOW TABLES, the table of the others, or the name of the setting. */
    public Optional<SqlIdentifier> name() {
        return Optional.ofNullable(name);
    }

    /** The pattern of LIKE. */
    public Optional<SqlNode> pattern() {
        return Optional.ofNullable(pattern);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("SHOW");
        switch (subject) {
            case TABLES, DATABASES, COLUMNS, INDEXES, SESSIONS, ALL -> {
                writer.keyword(subject.name());
                if (name != null) {
                    writer.keyword("FROM");
                    name.unparse(writer, 0, 0);
                }
            }
            case CREATE_TABLE, SETTING -> {
                if (subject == Subject.CREATE_TABLE) {
                    writer.keyword("CREATE TABLE");
                }
                if (name != null) {
                    name.unparse(writer, 0, 0);
                }
            }
        }
        if (pattern != null) {
            writer.keyword("LIKE");
            pattern.unparse(writer, 0, 0);
        }
    }
}
