package io.trellisdb.server.config;

/** Writes {@code docs/reference/configuration.md} from the list of settings. */
public final class ConfigurationReference {
    private ConfigurationReference() {}

    /** The page's text. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                This page is generated from `ServerSettings`; a test compares them.

                A server reads one HOCON file (`--config FILE`), then `--set key=value`, which wins.
                Unknown keys and values out of range are refused at start with the key's name.
                `bin/trellis server --print-config` prints what is in force.
                Sizes are written like `64 MiB`, durations like `30 s`, `500 ms` or `5 min`.

                | key | type | default | allowed | meaning |
                |---|---|---|---|---|
                """);
        for (Setting<?> setting : ServerSettings.all()) {
            row(page, setting);
        }
        return page.toString();
    }

    private static <T> void row(StringBuilder page, Setting<T> setting) {
        page.append("| `").append(setting.key()).append("` | ");
        page.append(setting.type().name()).append(" | ");
        String defaultText = setting.type().print(setting.defaultValue());
        page.append(defaultText.isEmpty() ? "empty" : "`" + defaultText + "`").append(" | ");
        page.append(setting.bounds().text()).append(" | ");
        page.append(setting.description()).append(" |\n");
    }
}
