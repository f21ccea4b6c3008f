package io.trellisdb.protocol.message;

/** Where a session stands. The order of the constants is their code on the wire. */
public enum TransactionState {
    /** Autocommit: every statement is its own transaction. */
    NONE,
    /** A transaction is open. */
    OPEN,
    /** A transaction is open and can only be rolled back. */
    FAILED
}
