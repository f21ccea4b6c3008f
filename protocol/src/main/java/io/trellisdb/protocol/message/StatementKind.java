package io.trellisdb.protocol.message;

/** What a statement does, as far as a client must know. The order of the constants is their code on the wire. */
public enum StatementKind {
    /** Returns rows and changes nothing: SELECT, VALUES, EXPLAIN, SHOW, DESCRIBE. */
    QUERY,
    INSERT,
    /** INSERT that replaces or keeps existing rows; MERGE is {@link #UPDATE}. */
    UPSERT,
    UPDATE,
    DELETE,
    /** CREATE, ALTER, DROP, TRUNCATE and other changes of the catalog. */
    DEFINITION,
    /** SET, USE and other changes of the session. */
    SESSION,
    /** BEGIN, COMMIT, ROLLBACK. */
    TRANSACTION,
    /** KILL and other commands to the node. */
    COMMAND;

    /** Whether it changes data or the catalog and therefore needs a token. */
    public boolean changesData() {
        return switch (this) {
            case INSERT, UPSERT, UPDATE, DELETE, DEFINITION -> true;
            case QUERY, SESSION, TRANSACTION, COMMAND -> false;
        };
    }

    /** Whether a batch of parameter rows is one statement, applied whole or not at all. */
    public boolean isAtomicInBatch() {
        return this == INSERT || this == UPSERT;
    }
}
