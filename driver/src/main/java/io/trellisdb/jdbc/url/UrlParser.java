package io.trellisdb.jdbc.url;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.protocol.embedded.EmbeddedTarget;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads {@code jdbc:trellis:…} URLs; the package {@code io.trellisdb.jdbc} shows their forms. */
public final class UrlParser {
    private static final String FILE = "file:";
    private static final String MEMORY = "mem:";
    private static final String NODE_PREFIX = "node.";
    private static final int MAX_HOSTS = 64;

    private final String url;
    private final Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    private final Map<String, String> nodeSettings = new HashMap<>();

    private UrlParser(String url) {
        this.url = url;
    }

    /** Whether the URL is this driver's; it may still be wrong. */
    public static boolean isTrellis(String url) {
        return url.startsWith(ConnectionUrl.PREFIX);
    }

    /** Reads a URL for which {@link #isTrellis} is true; what is wrong with it is INVALID_PARAMETER. */
    public static ConnectionUrl parse(String url, Properties properties) throws SQLException {
        return new UrlParser(url).parse(properties);
    }

    private ConnectionUrl parse(Properties properties) throws SQLException {
        for (String key : properties.stringPropertyNames()) {
            take(key, properties.getProperty(key));
        }
        String rest = url.substring(ConnectionUrl.PREFIX.length());
        int question = rest.indexOf('?');
        if (question >= 0) {
            takeQuery(rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        ConnectionTarget target = target(rest);
        if (!nodeSettings.isEmpty() && target instanceof ConnectionTarget.Hosts) {
            throw invalid(
                    "settings of a node belong to embedded URLs only",
                    nodeSettings.keySet().toString());
        }
        return new ConnectionUrl(question < 0 ? url : url.substring(0, url.indexOf('?')), target, values);
    }

    private ConnectionTarget target(String rest) throws SQLException {
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            if (slash >= 0 && slash + 1 < rest.length()) {
                values.put(ConnectionProperty.DATABASE, decode(rest.substring(slash + 1)));
            }
            return new ConnectionTarget.Hosts(hosts(slash < 0 ? rest.substring(2) : rest.substring(2, slash)));
        } else if (rest.startsWith(FILE) && rest.length() > FILE.length()) {
            return new ConnectionTarget.Embedded(
                    new EmbeddedTarget.InDirectory(directory(rest.substring(FILE.length()))), nodeSettings);
        } else if (rest.startsWith(MEMORY) && rest.length() > MEMORY.length()) {
            return new ConnectionTarget.Embedded(
                    new EmbeddedTarget.InMemory(rest.substring(MEMORY.length())), nodeSettings);
        }
        throw invalid(
                "URL has none of the forms jdbc:trellis://host[:port]/[database], jdbc:trellis:file:DIR,"
                        + " jdbc:trellis:mem:NAME",
                ConnectionUrl.PREFIX + rest);
    }

    private static Path directory(String name) throws SQLException {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw invalid("URL names no possible directory", name);
        }
    }

    private static List<HostPort> hosts(String list) throws SQLException {
        List<HostPort> hosts = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            hosts.add(host(item.strip()));
        }
        if (hosts.size() > MAX_HOSTS) {
            throw invalid("URL names more than " + MAX_HOSTS + " hosts", String.valueOf(hosts.size()));
        }
        return hosts;
    }

    private static HostPort host(String item) throws SQLException {
        int colon = item.lastIndexOf(':');
        if (item.startsWith("[")) {
            int bracket = item.indexOf(']');
            if (bracket < 2 || bracket + 1 < item.length() && item.charAt(bracket + 1) != ':') {
                throw invalid("URL's IPv6 address is not closed by a bracket", item);
            }
            String address = item.substring(1, bracket);
            return new HostPort(
                    address,
                    bracket + 1 == item.length()
                            ? ConnectionUrl.DEFAULT_PORT
                            : port(item.substring(bracket + 2), item));
        } else if (colon != item.indexOf(':')) {
            throw invalid("URL's IPv6 address needs brackets", item);
        } else if (item.isEmpty() || colon == 0) {
            throw invalid("URL names an empty host", item);
        }
        return colon < 0
                ? new HostPort(item, ConnectionUrl.DEFAULT_PORT)
                : new HostPort(item.substring(0, colon), port(item.substring(colon + 1), item));
    }

    private static int port(String text, String item) throws SQLException {
        boolean isNumber = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = isNumber ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw invalid("URL's port is not a number from 1 to 65535", item);
        }
        return port;
    }

    private void takeQuery(String query) throws SQLException {
        for (String pair : query.split("&", -1)) {
            int equal = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            } else if (equal < 1) {
                throw invalid("URL's query holds something other than key=value", pair);
            }
            take(decode(pair.substring(0, equal)), decode(pair.substring(equal + 1)));
        }
    }

    private void take(String key, String value) throws SQLException {
        if (key.startsWith(NODE_PREFIX)) {
            nodeSettings.put(key.substring(NODE_PREFIX.length()), value);
            return;
        }
        Optional<ConnectionProperty> property = ConnectionProperty.find(key);
        if (property.isEmpty()) {
            throw invalid("unknown connection property", key);
        }
        values.put(property.get(), value);
    }

    /** Percent signs only: a plus sign is a plus sign. */
    private static String decode(String text) throws SQLException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("URL's percent sign is not followed by two hexadecimal digits", text);
        }
    }

    private static SQLException invalid(String sentence, String value) {
        return SqlErrors.of(ErrorCode.INVALID_PARAMETER, sentence + ": " + value);
    }
}
