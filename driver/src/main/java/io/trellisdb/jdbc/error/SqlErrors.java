package io.trellisdb.jdbc.error;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.ErrorCode.Category;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.Response.Failure;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Makes exceptions; never throws one itself. */
public final class SqlErrors {
    private SqlErrors() {}

    public static SQLException of(Failure failure) {
        boolean isTimeout = failure.code().equals(ErrorCode.STATEMENT_TIMEOUT.name());
        boolean hasPlace = failure.position() > 0 || failure.row() >= 0;
        return create(
                failure.sqlState(),
                failure.category(),
                failure.retryable(),
                isTimeout,
                failure.message(),
                hasPlace ? new FailureDetail(failure) : null);
    }

    public static SQLException of(ErrorCode code, String message) {
        return of(code, message, null);
    }

    public static SQLException of(ErrorCode code, String message, @Nullable Throwable cause) {
        return create(
                code.sqlState(),
                code.category(),
                code.retryable(),
                code == ErrorCode.STATEMENT_TIMEOUT,
                message,
                cause);
    }

    public static SQLException of(TrellisException exception) {
        return of(exception.code(), exception.getMessage(), exception);
    }

    /** For methods and options that are not offered. */
    public static SQLFeatureNotSupportedException unsupported(String what) {
        return new SQLFeatureNotSupportedException("not supported: " + what, ErrorCode.NOT_SUPPORTED.sqlState(), null);
    }

    private static SQLException create(
            String state,
            Category category,
            boolean retryable,
            boolean isTimeout,
            String message,
            @Nullable Throwable cause) {
        if (isTimeout) {
            return new SQLTimeoutException(message, state, cause);
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" ->
                retryable
                        ? new SQLTransientConnectionException(message, state, cause)
                        : new SQLNonTransientConnectionException(message, state, cause);
            case "0A" -> new SQLFeatureNotSupportedException(message, state, cause);
            case "21", "22" -> new SQLDataException(message, state, cause);
            case "23" -> new SQLIntegrityConstraintViolationException(message, state, cause);
            case "28" -> new SQLInvalidAuthorizationSpecException(message, state, cause);
            case "40" -> new SQLTransactionRollbackException(message, state, cause);
            case "3F", "42" -> new SQLSyntaxErrorException(message, state, cause);
            default ->
                retryable || category == Category.CONFLICT || category == Category.RESOURCES
                        ? new SQLTransientException(message, state, cause)
                        : new SQLNonTransientException(message, state, cause);
        };
    }
}
