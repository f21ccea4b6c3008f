package io.trellisdb.protocol.message;

/** Settings of a session that a client changes without SQL. The order of the constants is their code on the wire. */
public enum SessionSetting {
    /** The database in which unqualified names are looked up (JDBC: schema). */
    DATABASE,
    /** A region name or offset; TIMESTAMP WITH LOCAL TIME ZONE is read and shown in it. Default UTC. */
    TIME_ZONE,
    /** {@code READ COMMITTED} or {@code REPEATABLE READ}. */
    ISOLATION,
    /** {@code true} or {@code false}: whether changes are refused. */
    READ_ONLY,
    /** For SHOW SESSIONS and logs. */
    APPLICATION_NAME,
    /** Milliseconds, 0 for none. */
    STATEMENT_TIMEOUT
}
