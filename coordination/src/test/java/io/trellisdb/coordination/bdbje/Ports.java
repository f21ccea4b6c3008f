package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Loopback ports that nobody listens on; JE has to know its port before it binds it. */
final class Ports {
    private Ports() {}

    static HostPort free() {
        return free(1).get(0);
    }

    /** Different ones: all are bound at the same time. */
    static List<HostPort> free(int count) {
        List<ServerSocket> bound = new ArrayList<>();
        try {
            List<HostPort> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                bound.add(socket);
                ports.add(new HostPort("127.0.0.1", socket.getLocalPort()));
            }
            for (ServerSocket socket : bound) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
