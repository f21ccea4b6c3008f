package io.trellisdb.sql.syntax;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Begins, ends or configures a transaction, or handles a savepoint. */
public final class TransactionStatement extends SyntaxCall {
    /** What the statement does. */
    public enum Action {
        BEGIN("START TRANSACTION"),
        COMMIT("COMMIT"),
        ROLLBACK("ROLLBACK"),
        SAVEPOINT("SAVEPOINT"),
        RELEASE_SAVEPOINT("RELEASE SAVEPOINT"),
        ROLLBACK_TO_SAVEPOINT("ROLLBACK TO SAVEPOINT"),
        SET_TRANSACTION("SET TRANSACTION"),
        SET_SESSION_CHARACTERISTICS("SET SESSION CHARACTERISTICS AS TRANSACTION");

        private final String text;

        Action(String text) {
            this.text = text;
        }
    }

    /** Isolation levels of the standard. */
    public enum Isolation {
        READ_UNCOMMITTED,
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE
    }

    /** Access modes of the standard. */
    public enum Access {
        READ_ONLY,
        READ_WRITE
    }

    private final Action action;
    private final @Nullable Isolation isolation;
    private final @Nullable Access access;
    private final @Nullable SqlIdentifier savepoint;

    public TransactionStatement(
            SqlParserPos pos,
            Action action,
            @Nullable Isolation isolation,
            @Nullable Access access,
            @Nullable SqlIdentifier savepoint) {
        super(pos, "TRANSACTION");
        this.action = action;
        this.isolation = isolation;
        this.access = access;
        this.savepoint = savepoint;
    }

    public Action action() {
        return action;
    }

    /** The isolation level asked for, where one is written. */
    public Optional<Isolation> isolation() {
        return Optional.ofNullable(isolation);
    }

    /** The access mode asked for, where one is written. */
    public Optional<Access> access() {
        return Optional.ofNullable(access);
    }

    /** The name of the savepoint of the three savepoint actions. */
    public Optional<SqlIdentifier> savepoint() {
        return Optional.ofNullable(savepoint);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(action.text);
        if (isolation != null) {
            writer.keyword("ISOLATION LEVEL");
            writer.keyword(isolation.name().replace('_', ' '));
        }
        if (access != null) {
            if (isolation != null) {
                writer.print(",");
            }
            writer.keyword(access.name().replace('_', ' '));
        }
        if (savepoint != null) {
            savepoint.unparse(writer, 0, 0);
        }
    }
}
