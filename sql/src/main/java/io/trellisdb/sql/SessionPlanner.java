package io.trellisdb.sql;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.setting.Settings;
import io.trellisdb.sql.syntax.KillStatement;
import io.trellisdb.sql.syntax.SetStatement;
import io.trellisdb.sql.syntax.TransactionStatement;
import io.trellisdb.sql.syntax.UseDatabase;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.NlsString;

/** Plans SET, USE, KILL and the statements of transactions. */
final class SessionPlanner {
    private SessionPlanner() {}

    static PlannedStatement set(SetStatement set) {
        if (set.scope() == SetStatement.Scope.LOCAL) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "SET LOCAL is not supported: set for the session, and back");
        }
        String name = String.join(".", set.name().names);
        if (set.value().isEmpty()) {
            return SessionStatement.of(StatementKind.SESSION, execution -> {
                Settings.reset(execution.session(), name);
                return new ExecutionResult.Done("RESET");
            });
        }
        String value = text(set.value().get());
        return SessionStatement.of(StatementKind.SESSION, execution -> {
            Settings.set(execution.session(), execution.services().catalog(), name, value);
            return new ExecutionResult.Done("SET");
        });
    }

    static String text(SqlNode node) {
        if (node instanceof SqlIdentifier identifier) {
            return String.join(".", identifier.names);
        }
        if (node instanceof SqlLiteral literal) {
            Object value = literal.getValue();
            return value instanceof NlsString string ? string.getValue() : String.valueOf(value);
        }
        return node.toString();
    }

    static PlannedStatement use(UseDatabase use) {
        String name = use.database().getSimple();
        return SessionStatement.of(StatementKind.SESSION, execution -> {
            boolean isVirtual = name.equals(DatabaseDescriptor.INFORMATION_SCHEMA);
            String found = isVirtual
                    ? name
                    : new NameResolver(execution.services().catalog(), name)
                            .database(name)
                            .name();
            execution.session().database(found);
            return new ExecutionResult.Done("USE");
        });
    }

    static PlannedStatement kill(KillStatement kill) {
        boolean onlyStatement = kill.target() == KillStatement.Target.QUERY;
        if (kill.id() instanceof SqlDynamicParam) {
            return new SessionStatement(
                    StatementKind.SESSION, List.of(DataType.BIGINT), List.of(), Optional.empty(), execution -> {
                        execution.requireOneRow();
                        Object id = execution.rows().get(0).column(0).value(0);
                        return kill(execution, String.valueOf(id), onlyStatement);
                    });
        }
        String id = text(kill.id());
        return SessionStatement.of(StatementKind.SESSION, execution -> kill(execution, id, onlyStatement));
    }

    private static ExecutionResult kill(Execution execution, String id, boolean onlyStatement) {
        long session;
        try {
            session = Long.parseLong(id.trim());
        } catch (NumberFormatException e) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "session id is not a number: " + id, e);
        }
        if (!execution.services().kill(session, onlyStatement)) {
            throw new TrellisException(ErrorCode.UNKNOWN_OBJECT, "session does not exist: " + session);
        }
        return new ExecutionResult.Done("KILL");
    }

    static PlannedStatement transaction(TransactionStatement statement) {
        statement.isolation().ifPresent(SessionPlanner::checkIsolation);
        Optional<Boolean> readOnly = statement.access().map(access -> access == TransactionStatement.Access.READ_ONLY);
        return switch (statement.action()) {
            case BEGIN -> control(StatementKind.BEGIN, readOnly, "BEGIN");
            case COMMIT -> control(StatementKind.COMMIT, readOnly, "COMMIT");
            case ROLLBACK -> control(StatementKind.ROLLBACK, readOnly, "ROLLBACK");
            case SET_TRANSACTION, SET_SESSION_CHARACTERISTICS ->
                SessionStatement.of(StatementKind.SESSION, execution -> {
                    readOnly.ifPresent(execution.session()::readOnly);
                    return new ExecutionResult.Done("SET TRANSACTION");
                });
            case SAVEPOINT, RELEASE_SAVEPOINT, ROLLBACK_TO_SAVEPOINT ->
                throw new TrellisException(ErrorCode.NOT_SUPPORTED, "savepoints are not supported yet");
        };
    }

    private static PlannedStatement control(StatementKind kind, Optional<Boolean> readOnly, String tag) {
        return new SessionStatement(kind, List.of(), List.of(), readOnly, execution -> new ExecutionResult.Done(tag));
    }

    private static void checkIsolation(TransactionStatement.Isolation isolation) {
        if (isolation == TransactionStatement.Isolation.REPEATABLE_READ
                || isolation == TransactionStatement.Isolation.SERIALIZABLE) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "isolation level is not supported yet: " + isolation.name().replace('_', ' ')
                            + ", READ COMMITTED is");
        }
    }
}
