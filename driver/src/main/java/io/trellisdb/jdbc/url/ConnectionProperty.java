package io.trellisdb.jdbc.url;

import java.util.List;
import java.util.Optional;

/** The keys that a URL's query or {@code Properties} may hold. Times take a unit: {@code 500ms}, {@code 30s}, {@code 2m}. */
public enum ConnectionProperty {
    USER("user", "", "Name to log in with; the operating system's user name if it is empty."),
    PASSWORD("password", "", "Password to log in with, sent only as a SCRAM proof."),
    DATABASE("database", "", "Database (schema) to start in, if the URL's path names none."),
    APPLICATION_NAME("applicationName", "", "Shown by SHOW SESSIONS and in the server's logs."),
    TIME_ZONE(
            "timeZone",
            "",
            "Zone in which TIMESTAMP WITH LOCAL TIME ZONE is shown, such as Europe/Berlin; UTC if empty."),
    READ_ONLY("readOnly", "false", "Whether the connection starts read-only.", "false,true"),
    FETCH_SIZE("fetchSize", "8192", "Rows that the server sends ahead of the application, unless a statement says."),
    CONNECT_TIMEOUT("connectTimeout", "10s", "How long one host may take to accept a connection and log in."),
    FAILOVER_TIMEOUT(
            "failoverTimeout",
            "60s",
            "How long a request is retried after a setback, and a server may be silent before it is asked for a sign of life."),
    NETWORK_TIMEOUT(
            "networkTimeout",
            "0ms",
            "How long an answer may take before the connection is given up; 0ms waits while the server lives."),
    QUERY_TIMEOUT("queryTimeout", "0s", "How long a statement may take, unless it says; 0s is no limit.");

    private final String key;
    private final String defaultValue;
    private final String description;
    /** Comma-separated, empty if any value will do. */
    private final String choices;

    ConnectionProperty(String key, String defaultValue, String description, String choices) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
        this.choices = choices;
    }

    ConnectionProperty(String key, String defaultValue, String description) {
        this(key, defaultValue, description, "");
    }

    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    /** The values allowed, if they are few; empty otherwise. */
    public List<String> choices() {
        return choices.isEmpty() ? List.of() : List.of(choices.split(","));
    }

    /** The property of a key; keys are compared exactly. */
    public static Optional<ConnectionProperty> find(String key) {
        for (ConnectionProperty property : values()) {
            if (property.key.equals(key)) {
                return Optional.of(property);
            }
        }
        return Optional.empty();
    }
}
