package io.trellisdb.coordination;

/** Where something listens. */
public record HostPort(String host, int port) {
    public HostPort {
        if (host.isBlank() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("invalid address: " + host + ":" + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
