package io.trellisdb.protocol.message;

/** What a statement does, as far as a client must know. The order of the constants is their code on the wire. */
public enum StatementKind {
    /** Returns rows and changes nothing: SELECT, VALUES, EXPLAIN, SHOW, DESCRIBE. */
    QUERY,
    /** Changes rows: INSERT, UPSERT, UPDATE, DELETE, MERGE; may return rows (RETURNING). */
    WRITE,
    /** Changes the catalog, or rows in a way that is no part of a transaction: CREATE, ALTER, DROP, TRUNCATE. */
    DEFINITION,
    /** Changes the session, or another one: SET, USE, KILL. */
    SESSION,
    /** BEGIN, COMMIT, ROLLBACK. */
    TRANSACTION;

    /** Whether a repeated request must be recognised by its token. */
    public boolean changesData() {
        return this == WRITE || this == DEFINITION;
    }
}
