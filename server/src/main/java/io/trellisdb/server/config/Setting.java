package io.trellisdb.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One key of the configuration.
 *
 * @param key dotted, lower camel case
 * @param bounds what values are allowed, as the reference prints it
 * @param description one sentence
 */
public record Setting<T>(String key, Type<T> type, T defaultValue, Bounds<T> bounds, String description) {
    /** How a value is written. */
    public interface Type<T> {
        /** @throws IllegalArgumentException with a sentence that says what is expected */
        T parse(String text);

        String print(T value);

        String name();
    }

    /** The values allowed. */
    public record Bounds<T>(String text, java.util.function.Predicate<T> allows) {}

    public Setting {
        Objects.requireNonNull(key, "key is null");
        if (!bounds.allows().test(defaultValue)) {
            throw new IllegalArgumentException("default is out of bounds: " + key);
        }
    }

    static Setting<String> text(String key, String defaultValue, String description) {
        return new Setting<>(key, TEXT, defaultValue, new Bounds<>("", text -> true), description);
    }

    static Setting<String> choice(String key, String defaultValue, List<String> choices, String description) {
        return new Setting<>(
                key, TEXT, defaultValue, new Bounds<>(String.join(", ", choices), choices::contains), description);
    }

    static Setting<Boolean> flag(String key, boolean defaultValue, String description) {
        return new Setting<>(key, FLAG, defaultValue, new Bounds<>("true, false", value -> true), description);
    }

    static Setting<Long> number(String key, long defaultValue, long min, long max, String description) {
        return new Setting<>(
                key, NUMBER, defaultValue, new Bounds<>(min + " to " + max, n -> n >= min && n <= max), description);
    }

    /** @param min and {@code max} in bytes */
    static Setting<Long> bytes(String key, long defaultValue, long min, long max, String description) {
        return new Setting<>(
                key,
                BYTES,
                defaultValue,
                new Bounds<>(BYTES.print(min) + " to " + BYTES.print(max), n -> n >= min && n <= max),
                description);
    }

    /** A size of at least {@code min} bytes, or 0, which stands for a share of the heap. */
    static Setting<Long> share(String key, long min, long max, String description) {
        return new Setting<>(
                key,
                BYTES,
                0L,
                new Bounds<>(
                        "0 B, " + BYTES.print(min) + " to " + BYTES.print(max), n -> n == 0 || n >= min && n <= max),
                description);
    }

    static Setting<Duration> duration(
            String key, Duration defaultValue, Duration min, Duration max, String description) {
        return new Setting<>(
                key,
                DURATION,
                defaultValue,
                new Bounds<>(
                        DURATION.print(min) + " to " + DURATION.print(max),
                        d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0),
                description);
    }

    private static final Type<String> TEXT = new Type<>() {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public String print(String value) {
            return value;
        }

        @Override
        public String name() {
            return "text";
        }
    };

    private static final Type<Boolean> FLAG = new Type<>() {
        @Override
        public Boolean parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("expected true or false");
            };
        }

        @Override
        public String print(Boolean value) {
            return value.toString();
        }

        @Override
        public String name() {
            return "flag";
        }
    };

    private static final Type<Long> NUMBER = new Type<>() {
        @Override
        public Long parse(String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("expected a whole number", e);
            }
        }

        @Override
        public String print(Long value) {
            return value.toString();
        }

        @Override
        public String name() {
            return "number";
        }
    };

    private static final Type<Long> BYTES = new Type<>() {
        private static final String UNITS = "KMGT";

        @Override
        public Long parse(String text) {
            String trimmed = text.strip().toUpperCase(Locale.ROOT).replaceFirst(" *I?B$", "");
            int shift = 0;
            if (!trimmed.isEmpty()) {
                int unit = UNITS.indexOf(trimmed.charAt(trimmed.length() - 1));
                if (unit >= 0) {
                    shift = 10 * (unit + 1);
                    trimmed = trimmed.substring(0, trimmed.length() - 1).strip();
                }
            }
            try {
                return Math.multiplyExact(Long.parseLong(trimmed), 1L << shift);
            } catch (NumberFormatException | ArithmeticException e) {
                throw new IllegalArgumentException("expected a size such as 64 MiB", e);
            }
        }

        @Override
        public String print(Long value) {
            for (int unit = UNITS.length() - 1; unit >= 0; unit--) {
                long size = 1L << 10 * (unit + 1);
                if (value >= size && value % size == 0) {
                    return value / size + " " + UNITS.charAt(unit) + "iB";
                }
            }
            return value + " B";
        }

        @Override
        public String name() {
            return "size";
        }
    };

    private static final Type<Duration> DURATION = new Type<>() {
        @Override
        public Duration parse(String text) {
            String trimmed = text.strip().toLowerCase(Locale.ROOT);
            int digits = 0;
            while (digits < trimmed.length() && Character.isDigit(trimmed.charAt(digits))) {
                digits++;
            }
            if (digits == 0 || digits > 12) {
                throw new IllegalArgumentException("expected a duration such as 30 s");
            }
            long count = Long.parseLong(trimmed.substring(0, digits));
            return switch (trimmed.substring(digits).strip()) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "min", "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> throw new IllegalArgumentException("expected a duration with the unit ms, s, min, h or d");
            };
        }

        @Override
        public String print(Duration value) {
            long millis = value.toMillis();
            if (millis % 1000 != 0 || millis == 0) {
                return millis + " ms";
            }
            long seconds = millis / 1000;
            if (seconds % 3600 == 0) {
                return seconds / 3600 + " h";
            }
            return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
        }

        @Override
        public String name() {
            return "duration";
        }
    };
}
