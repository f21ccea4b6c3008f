package io.trellisdb.sql.setting;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.naming.Suggestion;
import io.trellisdb.sql.session.SessionState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads and changes a session's settings by name. */
public final class Settings {
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(10);

    /** Settings with an effect, and what they do. */
    private static final Map<String, String> EFFECTIVE = new TreeMap<>(Map.of(
            "timezone", "zone in which instants are shown",
            "statement_timeout", "longest time of a statement; 0 for none",
            "lock_timeout", "longest wait for a row lock",
            "application_name", "name of the program, shown by SHOW SESSIONS",
            "default_transaction_read_only", "whether the session may change nothing",
            "search_path", "database in which unqualified names are looked up"));

    /** Settings that tools send, with the values that they may have; empty for any. */
    private static final Map<String, List<String>> KEPT = Map.of(
            "client_encoding", List.of("utf8", "utf-8", "unicode"),
            "client_min_messages", List.of(),
            "datestyle", List.of("iso", "iso, ymd", "iso, mdy", "iso, dmy", "ymd"),
            "extra_float_digits", List.of(),
            "intervalstyle", List.of("iso_8601"),
            "standard_conforming_strings", List.of("on", "true"),
            "default_transaction_isolation", List.of("read committed"));

    /** What cannot be set. */
    private static final Map<String, String> FIXED = Map.of(
            "server_encoding", "UTF8",
            "transaction_isolation", "read committed");

    private Settings() {}

    /** One setting as SHOW ALL shows it. */
    public record Shown(String name, String value, String description) {}

    /** Changes a setting. */
    public static void set(SessionState session, Catalog catalog, String givenName, String value) {
        String name = canonical(givenName);
        switch (name) {
            case "timezone" -> session.zone(zone(value));
            case "statement_timeout" -> session.statementTimeout(DurationText.read(name, value));
            case "lock_timeout" -> session.lockTimeout(DurationText.read(name, value));
            case "application_name" -> session.applicationName(value);
            case "default_transaction_read_only" -> session.readOnly(flag(name, value));
            case "search_path" -> session.database(database(catalog, value));
            default -> keep(session, name, value);
        }
    }

    /** Gives a setting its default value; {@code all} means all of them, except for the database. */
    public static void reset(SessionState session, String givenName) {
        String name = canonical(givenName);
        switch (name) {
            case "all" -> {
                for (String each : EFFECTIVE.keySet()) {
                    if (!each.equals("search_path")) {
                        reset(session, each);
                    }
                }
                session.otherSettings().clear();
            }
            case "timezone" -> session.zone(ZoneOffset.UTC);
            case "statement_timeout" -> session.statementTimeout(Duration.ZERO);
            case "lock_timeout" -> session.lockTimeout(DEFAULT_LOCK_TIMEOUT);
            case "application_name" -> session.applicationName("");
            case "default_transaction_read_only" -> session.readOnly(false);
            case "search_path" -> session.database(DatabaseDescriptor.DEFAULT_NAME);
            default -> {
                if (!KEPT.containsKey(name)) {
                    throw unknown(givenName);
                }
                session.otherSettings().remove(name);
            }
        }
    }

    /** The value of a setting. */
    public static String show(SessionState session, String givenName) {
        String name = canonical(givenName);
        String fixed = FIXED.get(name);
        if (fixed != null) {
            return fixed;
        }
        return switch (name) {
            case "timezone" ->
                session.zone().equals(ZoneOffset.UTC) ? "UTC" : session.zone().getId();
            case "statement_timeout" -> DurationText.write(session.statementTimeout());
            case "lock_timeout" -> DurationText.write(session.lockTimeout());
            case "application_name" -> session.applicationName();
            case "default_transaction_read_only" -> session.isReadOnly() ? "on" : "off";
            case "search_path" -> session.database();
            default -> kept(session, name, givenName);
        };
    }

    private static String kept(SessionState session, String name, String givenName) {
        List<String> allowed = KEPT.get(name);
        if (allowed == null) {
            throw unknown(givenName);
        }
        return session.otherSettings().getOrDefault(name, allowed.isEmpty() ? "" : allowed.get(0));
    }

    /** Every setting, by name. */
    public static List<Shown> all(SessionState session) {
        Map<String, Shown> shown = new TreeMap<>();
        EFFECTIVE.forEach((name, text) -> shown.put(name, new Shown(name, show(session, name), text)));
        FIXED.forEach((name, value) -> shown.put(name, new Shown(name, value, "cannot be changed")));
        KEPT.keySet().forEach(name -> shown.put(name, new Shown(name, show(session, name), "kept for tools")));
        return new ArrayList<>(shown.values());
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "time_zone", "time zone" -> "timezone";
            case "schema", "current_schema" -> "search_path";
            case "names" -> "client_encoding";
            case "transaction_read_only" -> "default_transaction_read_only";
            default -> lower;
        };
    }

    private static void keep(SessionState session, String name, String value) {
        List<String> allowed = KEPT.get(name);
        if (FIXED.containsKey(name)) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "setting cannot be changed: " + name);
        }
        if (allowed == null) {
            throw unknown(name);
        }
        if (!allowed.isEmpty() && !allowed.contains(value.toLowerCase(Locale.ROOT))) {
            throw invalid(name, value);
        }
        session.otherSettings().put(name, value);
    }

    private static TrellisException unknown(String name) {
        List<String> known = new ArrayList<>(EFFECTIVE.keySet());
        known.addAll(KEPT.keySet());
        known.addAll(FIXED.keySet());
        return new TrellisException(
                ErrorCode.UNKNOWN_OBJECT, "setting does not exist: " + name + Suggestion.didYouMean(name, known));
    }

    static TrellisException invalid(String name, String value) {
        return new TrellisException(
                ErrorCode.INVALID_PARAMETER, "setting does not take this value: " + name + " = " + value);
    }

    private static ZoneId zone(String value) {
        String trimmed = value.trim();
        try {
            return trimmed.equalsIgnoreCase("local") ? ZoneOffset.UTC : normalised(ZoneId.of(trimmed));
        } catch (DateTimeException e) {
            for (String known : ZoneId.getAvailableZoneIds()) {
                if (known.equalsIgnoreCase(trimmed)) {
                    return normalised(ZoneId.of(known));
                }
            }
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER,
                    "time zone does not exist: " + value + Suggestion.didYouMean(value, ZoneId.getAvailableZoneIds()),
                    e);
        }
    }

    private static ZoneId normalised(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
    }

    private static boolean flag(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> true;
            case "off", "false", "no", "0" -> false;
            default -> throw invalid(name, value);
        };
    }

    private static String database(Catalog catalog, String value) {
        String first = value.split(",")[0].trim().replace("\"", "");
        return new NameResolver(catalog, first).database(first).name();
    }
}
