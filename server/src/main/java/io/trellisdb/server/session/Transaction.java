package io.trellisdb.server.session;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.sql.PreparedQuery;
import io.trellisdb.sql.StatementKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands between BEGIN and COMMIT. Several changing statements in one transaction do not exist yet, so it
 * holds one back, which is atomic by itself, and refuses the second. Confined to the session's running request.
 */
final class Transaction {
    private boolean open;
    private boolean readOnly;
    private @Nullable HeldWrite held;

    TransactionState state() {
        return open ? TransactionState.OPEN : TransactionState.NONE;
    }

    boolean isOpen() {
        return open;
    }

    void begin(boolean isReadOnly) {
        if (open) {
            throw new TrellisException(ErrorCode.ACTIVE_TRANSACTION, "a transaction is already open");
        }
        open = true;
        readOnly = isReadOnly;
    }

    /** Refuses what the open transaction cannot contain. */
    void check(StatementKind kind, boolean returnsRows, boolean sessionReadOnly) {
        boolean changes = kind == StatementKind.WRITE || kind == StatementKind.DEFINITION;
        if (changes && (sessionReadOnly || open && readOnly)) {
            throw new TrellisException(
                    ErrorCode.READ_ONLY_TRANSACTION, "cannot change anything: the session or transaction is read-only");
        }
        if (!open) {
            return;
        }
        if (kind == StatementKind.DEFINITION) {
            throw new TrellisException(
                    ErrorCode.ACTIVE_TRANSACTION,
                    "definitions are not part of transactions: commit or roll back first, or use autocommit");
        }
        if (kind != StatementKind.WRITE) {
            return;
        }
        if (held != null) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "a transaction of several changing statements is not supported yet: commit after each, or use autocommit");
        }
        if (returnsRows) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "RETURNING and generated keys are not supported inside a transaction yet: use autocommit");
        }
    }

    /** Keeps a statement for COMMIT. */
    void hold(PreparedQuery query, List<Batch> parameters) {
        held = new HeldWrite(query, parameters);
    }

    /** Ends the transaction; what it held is the caller's to run, if it commits. */
    Optional<HeldWrite> end() {
        Optional<HeldWrite> left = Optional.ofNullable(held);
        open = false;
        readOnly = false;
        held = null;
        return left;
    }
}
