package io.trellisdb.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value of every setting. Immutable; made from a file and overrides, of which the overrides win. */
public final class ServerConfig {
    private final Map<Setting<?>, Object> values;
    /** Defaults of this use that differ from the settings' own. */
    private final Map<Setting<?>, Object> defaults;

    private ServerConfig(Map<Setting<?>, Object> values, Map<Setting<?>, Object> defaults) {
        this.values = values;
        this.defaults = defaults;
    }

    /** Defaults only. */
    public static ServerConfig defaults() {
        return of(Map.of());
    }

    /** Defaults with these texts by key; INVALID_CONFIGURATION names a wrong key or value. */
    public static ServerConfig of(Map<String, String> texts) {
        Map<String, Setting<?>> byKey = new LinkedHashMap<>();
        ServerSettings.all().forEach(setting -> byKey.put(setting.key(), setting));
        Map<Setting<?>, Object> values = new HashMap<>();
        texts.forEach((key, text) -> {
            Setting<?> setting = byKey.get(key);
            if (setting == null) {
                throw invalid("unknown configuration key: " + key);
            }
            values.put(setting, parse(setting, text));
        });
        return new ServerConfig(values, Map.of());
    }

    /**
     * Reads a HOCON file and overrides of the form {@code key=value}.
     *
     * @throws TrellisException INVALID_CONFIGURATION naming the file and line, key or value that is wrong
     */
    public static ServerConfig read(Optional<Path> file, Map<String, String> overrides) {
        Map<String, String> texts = new LinkedHashMap<>();
        file.ifPresent(path -> texts.putAll(readFile(path)));
        texts.putAll(overrides);
        return of(texts);
    }

    private static Map<String, String> readFile(Path path) {
        if (!Files.isReadable(path)) {
            throw invalid("cannot read configuration file: " + path);
        }
        try {
            Config config = ConfigFactory.parseFile(
                            path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
            Map<String, String> texts = new LinkedHashMap<>();
            for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
                ConfigValue value = entry.getValue();
                if (value.valueType() == ConfigValueType.LIST || value.valueType() == ConfigValueType.OBJECT) {
                    throw invalid("configuration value must be one value: " + entry.getKey());
                }
                texts.put(entry.getKey().replace("\"", ""), String.valueOf(value.unwrapped()));
            }
            return texts;
        } catch (ConfigException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION, "cannot read configuration file: " + e.getMessage(), e);
        }
    }

    private static <T> T parse(Setting<T> setting, String text) {
        T value;
        try {
            value = setting.type().parse(text);
        } catch (IllegalArgumentException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "invalid value of " + setting.key() + ": " + text + ", " + e.getMessage(),
                    e);
        }
        if (!setting.bounds().allows().test(value)) {
            throw invalid("value of " + setting.key() + " is out of range: " + text + ", allowed is "
                    + setting.bounds().text());
        }
        return value;
    }

    private static TrellisException invalid(String message) {
        return new TrellisException(ErrorCode.INVALID_CONFIGURATION, message);
    }

    /** The value of a setting: as given, or its default. */
    @SuppressWarnings("unchecked") // a value is only ever put under its own setting
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            value = defaults.get(setting);
        }
        return value == null ? setting.defaultValue() : (T) value;
    }

    /** Whether the value was given, rather than left to its default. */
    public boolean isGiven(Setting<?> setting) {
        return values.containsKey(setting);
    }

    /** The number of a setting that fits an int by its bounds. */
    public int getInt(Setting<Long> setting) {
        return Math.toIntExact(get(setting));
    }

    /** This configuration with another value of one setting, bounds checked. */
    public <T> ServerConfig with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new HashMap<>(values);
        changed.put(setting, parse(setting, setting.type().print(value)));
        return new ServerConfig(changed, defaults);
    }

    /** This configuration with another default of one setting, which does not count as given. */
    public <T> ServerConfig withDefault(Setting<T> setting, T value) {
        Map<Setting<?>, Object> changed = new HashMap<>(defaults);
        changed.put(setting, parse(setting, setting.type().print(value)));
        return new ServerConfig(values, changed);
    }

    /** All settings as HOCON, with their descriptions as comments. */
    public String print() {
        StringBuilder out = new StringBuilder();
        for (Setting<?> setting : ServerSettings.all()) {
            out.append("# ").append(setting.description()).append('\n');
            out.append(setting.key()).append(" = \"").append(printed(setting)).append("\"\n");
        }
        return out.toString();
    }

    private <T> String printed(Setting<T> setting) {
        return setting.type().print(get(setting));
    }
}
