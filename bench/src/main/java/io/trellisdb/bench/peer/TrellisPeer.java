package io.trellisdb.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A Trellis server in a process of its own. */
public final class TrellisPeer implements Peer {
    private final JavaProcess process;
    private final String address;
    private final int httpPort;

    private TrellisPeer(JavaProcess process, String address, int httpPort) {
        this.process = process;
        this.address = address;
        this.httpPort = httpPort;
    }

    public static TrellisPeer start(Path folder, List<String> jvmOptions) {
        int httpPort = freePort();
        JavaProcess process = JavaProcess.start(
                folder.resolve("trellis.log"),
                "ready ",
                jvmOptions,
                List.of(
                        "io.trellisdb.server.Main",
                        "--data",
                        folder.resolve("trellis").toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--http",
                        "127.0.0.1:" + httpPort));
        return new TrellisPeer(
                process, process.readyLine().substring("ready ".length()).strip(), httpPort);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "Trellis";
    }

    @Override
    public String durability() {
        return "fsync";
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:trellis://" + address + "/");
    }

    /** The node's metrics page. */
    public String metrics() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading metrics", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
