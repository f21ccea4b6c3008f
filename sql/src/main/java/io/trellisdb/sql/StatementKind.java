package io.trellisdb.sql;

/** What a statement does, as far as sessions and drivers must know before it runs. */
public enum StatementKind {
    /** Gives rows and changes nothing: SELECT, VALUES, SHOW, DESCRIBE, EXPLAIN. */
    QUERY,
    /** Changes rows: INSERT, UPSERT, UPDATE, DELETE, MERGE; gives a count and perhaps rows (RETURNING). */
    WRITE,
    /** Changes the catalog, or rows in a way that is not part of a transaction (TRUNCATE). */
    DEFINITION,
    /** Changes the session: SET, RESET, USE; or another session: KILL. */
    SESSION,
    BEGIN,
    COMMIT,
    ROLLBACK;

    /** Whether a repeated request must be recognised by its token. */
    public boolean needsToken() {
        return this == WRITE || this == DEFINITION;
    }
}
