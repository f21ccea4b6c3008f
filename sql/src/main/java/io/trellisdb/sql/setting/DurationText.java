package io.trellisdb.sql.setting;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as settings write them: a number with ms, s, min or h; without a unit milliseconds. */
final class DurationText {
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,12})\\s*(ms|s|min|h)?\\s*");

    private DurationText() {}

    static Duration read(String setting, String value) {
        Matcher matcher = FORM.matcher(value.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw Settings.invalid(setting, value);
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null) {
            return Duration.ofMillis(number);
        }
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMillis(number);
        };
    }

    static String write(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
