package io.trellisdb.sql.session;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** A session's settings. Confined to the statement that runs; the server hands it from one to the next. */
public final class SessionState {
    private final long id;
    private final String user;
    private String database;
    private ZoneId zone = ZoneOffset.UTC;
    private Duration statementTimeout = Duration.ZERO;
    private Duration lockTimeout = Duration.ofSeconds(10);
    private boolean readOnly;
    private String applicationName = "";
    private final Map<String, String> otherSettings = new TreeMap<>();

    public SessionState(long id, String user, String database) {
        this.id = id;
        this.user = user;
        this.database = database;
    }

    public long id() {
        return id;
    }

    public String user() {
        return user;
    }

    /** The database in which unqualified names are looked up. */
    public String database() {
        return database;
    }

    public void database(String newDatabase) {
        this.database = newDatabase;
    }

    public ZoneId zone() {
        return zone;
    }

    public void zone(ZoneId newZone) {
        this.zone = newZone;
    }

    /** Zero means no limit. */
    public Duration statementTimeout() {
        return statementTimeout;
    }

    public void statementTimeout(Duration timeout) {
        this.statementTimeout = timeout;
    }

    public Duration lockTimeout() {
        return lockTimeout;
    }

    public void lockTimeout(Duration timeout) {
        this.lockTimeout = timeout;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    public void readOnly(boolean isReadOnly) {
        this.readOnly = isReadOnly;
    }

    public String applicationName() {
        return applicationName;
    }

    public void applicationName(String name) {
        this.applicationName = name;
    }

    /** Settings that are kept and shown but have no effect on execution, such as {@code client_encoding}. */
    public Map<String, String> otherSettings() {
        return otherSettings;
    }
}
