package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.fencing.FencingSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns words into settings; refuses unknown keys and values out of range with INVALID_CONFIGURATION and the key's name. */
final class SettingsReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h)");
    private static final String JE_PREFIX = "je.";
    private static final int PRIORITY_MAX = 1_000;

    private final Map<String, String> unread;

    private SettingsReader(Map<String, String> config) {
        this.unread = new TreeMap<>(config);
    }

    static BdbjeSettings read(Map<String, String> config) {
        return new SettingsReader(config).read();
    }

    private BdbjeSettings read() {
        TimeoutProfile profile =
                switch (word("profile", "lan")) {
                    case "lan" -> TimeoutProfile.LAN;
                    case "wan" -> TimeoutProfile.WAN;
                    default -> throw refuse("profile", "lan or wan expected");
                };
        Map<String, String> jeParameters = takeJeParameters();
        Duration interval = duration("lease.interval", Duration.ofSeconds(1));
        Duration lease = duration("lease.duration", Duration.ofSeconds(3));
        if (interval.multipliedBy(2).compareTo(lease) > 0) {
            throw refuse("lease.duration", "at least twice lease.interval expected");
        }
        Duration replicaTimeout =
                parse("je.rep.replicaTimeout", profile.with(jeParameters).getOrDefault("je.rep.replicaTimeout", ""));
        if (lease.compareTo(replicaTimeout) >= 0) {
            throw refuse("lease.duration", "less than je.rep.replicaTimeout expected, which is " + replicaTimeout);
        }
        BdbjeSettings settings = new BdbjeSettings(
                profile,
                duration("start.timeout", profile.startTimeout()),
                flag("forced", true),
                interval,
                lease,
                duration("demotion.budget", Duration.ofSeconds(5)),
                fencing(),
                number("priority", 1, 1, PRIORITY_MAX),
                jeParameters);
        if (!unread.isEmpty()) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "unknown settings of coordination provider bdbje: " + unread.keySet());
        }
        return settings;
    }

    private FencingSettings fencing() {
        FencingSettings defaults = FencingSettings.DEFAULT;
        try {
            return new FencingSettings(
                    number("fencing.maxAttempts", defaults.attempts(), 1, 10),
                    duration("fencing.backoff.initial", defaults.initialPause()),
                    decimal("fencing.backoff.multiplier", defaults.multiplier()),
                    duration("fencing.backoff.max", defaults.maxPause()),
                    duration("fencing.deadline", defaults.deadline()));
        } catch (IllegalArgumentException e) {
            throw refuse("fencing", e.getMessage());
        }
    }

    private Map<String, String> takeJeParameters() {
        Map<String, String> taken = new TreeMap<>();
        unread.forEach((key, value) -> {
            if (key.startsWith(JE_PREFIX)) {
                taken.put(key, value);
            }
        });
        unread.keySet().removeAll(taken.keySet());
        return taken;
    }

    private String word(String key, String otherwise) {
        String given = unread.remove(key);
        return given == null ? otherwise : given.strip();
    }

    private boolean flag(String key, boolean otherwise) {
        return switch (word(key, Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refuse(key, "true or false expected");
        };
    }

    private int number(String key, int otherwise, int min, int max) {
        String given = word(key, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(given);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refuse(key, "number expected, not " + given);
        }
        throw refuse(key, "between " + min + " and " + max + " expected, not " + given);
    }

    private double decimal(String key, double otherwise) {
        String given = word(key, Double.toString(otherwise));
        try {
            return Double.parseDouble(given);
        } catch (NumberFormatException e) {
            throw refuse(key, "number expected, not " + given);
        }
    }

    private Duration duration(String key, Duration otherwise) {
        String given = unread.remove(key);
        return given == null ? otherwise : parse(key, given);
    }

    private static Duration parse(String key, String given) {
        Matcher matcher = DURATION.matcher(given.strip());
        if (!matcher.matches()) {
            throw refuse(key, "number with ms, s, min or h expected, not " + given);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "min" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static TrellisException refuse(String key, @Nullable String why) {
        return new TrellisException(
                ErrorCode.INVALID_CONFIGURATION, "invalid setting coordination." + key + ": " + why);
    }
}
