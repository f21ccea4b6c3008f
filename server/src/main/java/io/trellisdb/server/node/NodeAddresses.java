package io.trellisdb.server.node;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses as the configuration writes them: {@code host:port}, with brackets around IPv6. */
final class NodeAddresses {
    private static final int MAX_PORT = 65_535;

    private NodeAddresses() {}

    /**
     * The address to listen on.
     *
     * @param key the setting, for the message
     * @throws TrellisException INVALID_CONFIGURATION when it cannot be read, or lies beyond loopback and that is not allowed
     */
    static InetSocketAddress parse(String key, String text, boolean allowsInsecure) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw invalid(key, text, "expected host:port");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        InetSocketAddress address = new InetSocketAddress(resolve(key, text, host), port(key, text, colon));
        if (!address.getAddress().isLoopbackAddress() && !allowsInsecure) {
            throw invalid(
                    key,
                    text,
                    "without TLS and users a node listens on loopback only; set security.allowInsecure = true to accept"
                            + " that everybody who reaches it can read and change everything");
        }
        return address;
    }

    private static int port(String key, String text, int colon) {
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION, "invalid value of " + key + ": " + text + ", expected a port", e);
        }
        throw invalid(key, text, "a port is at most " + MAX_PORT);
    }

    private static InetAddress resolve(String key, String text, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION, "invalid value of " + key + ": " + text + ", unknown host", e);
        }
    }

    /** {@code host:port} as people and URLs write it. */
    static String print(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static TrellisException invalid(String key, String text, String why) {
        return new TrellisException(
                ErrorCode.INVALID_CONFIGURATION, "invalid value of " + key + ": " + text + ", " + why);
    }
}
