package io.trellisdb.server.session;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/** The settings that clients read and write without SQL. */
final class SettingsExchange {
    private static final String READ_COMMITTED = "READ COMMITTED";

    private SettingsExchange() {}

    /** The settings at one moment; cheap to take and compare around every statement. */
    record Snapshot(
            String database, ZoneId zone, boolean isReadOnly, String applicationName, Duration statementTimeout) {
        static Snapshot of(SessionState state) {
            return new Snapshot(
                    state.database(),
                    state.zone(),
                    state.isReadOnly(),
                    state.applicationName(),
                    state.statementTimeout());
        }

        Map<SessionSetting, String> texts() {
            Map<SessionSetting, String> texts = new EnumMap<>(SessionSetting.class);
            texts.put(SessionSetting.DATABASE, database);
            texts.put(SessionSetting.TIME_ZONE, zone.getId());
            texts.put(SessionSetting.ISOLATION, READ_COMMITTED);
            texts.put(SessionSetting.READ_ONLY, Boolean.toString(isReadOnly));
            texts.put(SessionSetting.APPLICATION_NAME, applicationName);
            texts.put(SessionSetting.STATEMENT_TIMEOUT, Long.toString(statementTimeout.toMillis()));
            return texts;
        }
    }

    static Map<SessionSetting, String> read(SessionState state) {
        return Snapshot.of(state).texts();
    }

    /** All or none: every value is checked before the first is set. */
    static void write(SessionState state, Map<SessionSetting, String> settings, QueryServices services) {
        settings.forEach((setting, value) -> check(setting, value, services));
        settings.forEach((setting, value) -> set(state, setting, value));
    }

    private static void check(SessionSetting setting, String value, QueryServices services) {
        switch (setting) {
            case DATABASE -> {
                if (services.catalog().findDatabase(value).isEmpty()) {
                    throw new TrellisException(ErrorCode.UNKNOWN_DATABASE, "database does not exist: " + value);
                }
            }
            case TIME_ZONE -> zone(value);
            case ISOLATION -> {
                if (!value.equals(READ_COMMITTED)) {
                    throw new TrellisException(
                            ErrorCode.NOT_SUPPORTED,
                            "isolation is not supported yet: " + value + ", only " + READ_COMMITTED);
                }
            }
            case READ_ONLY -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw invalid(setting, value, "true or false");
                }
            }
            case STATEMENT_TIMEOUT -> millis(setting, value);
            case APPLICATION_NAME -> {
                if (value.length() > 256) {
                    throw invalid(setting, value.substring(0, 32) + "…", "at most 256 characters");
                }
            }
        }
    }

    private static void set(SessionState state, SessionSetting setting, String value) {
        switch (setting) {
            case DATABASE -> state.database(value);
            case TIME_ZONE -> state.zone(zone(value));
            case ISOLATION -> {
                // only READ COMMITTED passes the check, and that is what every session has
            }
            case READ_ONLY -> state.readOnly(Boolean.parseBoolean(value));
            case APPLICATION_NAME -> state.applicationName(value);
            case STATEMENT_TIMEOUT -> state.statementTimeout(Duration.ofMillis(millis(setting, value)));
        }
    }

    private static ZoneId zone(String value) {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER,
                    "unknown time zone: " + value + ", use a name such as Europe/Berlin",
                    e);
        }
    }

    private static long millis(SessionSetting setting, String value) {
        try {
            long millis = Long.parseLong(value);
            if (millis >= 0) {
                return millis;
            }
        } catch (NumberFormatException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER,
                    "invalid value of " + setting + ": " + value + ", expected milliseconds",
                    e);
        }
        throw invalid(setting, value, "milliseconds, 0 for none");
    }

    private static TrellisException invalid(SessionSetting setting, String value, String expected) {
        return new TrellisException(
                ErrorCode.INVALID_PARAMETER, "invalid value of " + setting + ": " + value + ", expected " + expected);
    }
}
