package io.trellisdb.jdbc.url;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/** Where to connect and how, with everything checked. */
public final class ConnectionUrl {
    public static final String PREFIX = "jdbc:trellis:";
    public static final int DEFAULT_PORT = 20001;

    private static final int MAX_FETCH_SIZE = 1_000_000;
    private static final Duration MAX_DURATION = Duration.ofDays(1);

    private final String url;
    private final ConnectionTarget target;
    private final Map<ConnectionProperty, String> values;

    ConnectionUrl(String url, ConnectionTarget target, Map<ConnectionProperty, String> values) throws SQLException {
        this.url = url;
        this.target = target;
        this.values = new EnumMap<>(ConnectionProperty.class);
        for (ConnectionProperty property : ConnectionProperty.values()) {
            this.values.put(property, values.getOrDefault(property, property.defaultValue()));
        }
        checkValues();
    }

    private void checkValues() throws SQLException {
        isReadOnly();
        fetchSize();
        for (ConnectionProperty property : new ConnectionProperty[] {
            ConnectionProperty.CONNECT_TIMEOUT,
            ConnectionProperty.FAILOVER_TIMEOUT,
            ConnectionProperty.NETWORK_TIMEOUT,
            ConnectionProperty.QUERY_TIMEOUT
        }) {
            duration(property);
        }
        String zone = value(ConnectionProperty.TIME_ZONE);
        try {
            ZoneId.of(zone.isEmpty() ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw refused(ConnectionProperty.TIME_ZONE, zone, "a zone such as UTC or Europe/Berlin");
        }
    }

    /** As the application gave it, without a password in its query. */
    public String url() {
        return url;
    }

    public ConnectionTarget target() {
        return target;
    }

    public String value(ConnectionProperty property) {
        return values.getOrDefault(property, property.defaultValue());
    }

    public String user() {
        String user = value(ConnectionProperty.USER);
        return user.isEmpty() ? System.getProperty("user.name", "") : user;
    }

    public boolean isReadOnly() throws SQLException {
        String value = value(ConnectionProperty.READ_ONLY);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(ConnectionProperty.READ_ONLY, value, "true or false");
        };
    }

    public int fetchSize() throws SQLException {
        String value = value(ConnectionProperty.FETCH_SIZE);
        try {
            int rows = Integer.parseInt(value);
            if (rows >= 1 && rows <= MAX_FETCH_SIZE) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // refused below, with the bounds
        }
        throw refused(ConnectionProperty.FETCH_SIZE, value, "1 to " + MAX_FETCH_SIZE);
    }

    /** The value of a property that is a time. */
    public Duration duration(ConnectionProperty property) throws SQLException {
        String value = value(property);
        int digits = 0;
        while (digits < value.length() && digits < 9 && Character.isDigit(value.charAt(digits))) {
            digits++;
        }
        if (digits > 0) {
            long number = Long.parseLong(value.substring(0, digits));
            Duration duration =
                    switch (value.substring(digits)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> MAX_DURATION.plusDays(1);
                    };
            if (duration.compareTo(MAX_DURATION) <= 0) {
                return duration;
            }
        }
        throw refused(property, value, "a number with a unit of ms, s or m, at most a day");
    }

    private static SQLException refused(ConnectionProperty property, String value, String allowed) {
        return SqlErrors.of(
                ErrorCode.INVALID_PARAMETER,
                "connection property has a value that is not allowed: " + property.key() + "=" + value + ", allowed is "
                        + allowed);
    }
}
