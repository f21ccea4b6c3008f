package io.trellisdb.bench.peer;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.engine.StoreOptions;
import io.trellisdb.storage.engine.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A Trellis server in a process of its own. */
public final class TrellisPeer implements Peer {
    /** The setting with which writes are acknowledged before they are flushed. */
    public static final String BUFFERED = "journal.level=BUFFERED";

    private static final String PARTITIONS = "cluster.partitions=";
    private static final int DEFAULT_PARTITIONS = 128;

    private final JavaProcess process;
    private final Path data;
    private final int httpPort;
    private final List<String> jvmOptions;
    private final List<String> configuration;

    private TrellisPeer(
            JavaProcess process, Path data, int httpPort, List<String> jvmOptions, List<String> configuration) {
        this.process = process;
        this.data = data;
        this.httpPort = httpPort;
        this.jvmOptions = jvmOptions;
        this.configuration = configuration;
    }

    public static TrellisPeer start(Path folder, List<String> jvmOptions) {
        return start(folder, jvmOptions, List.of());
    }

    /** @param configuration keys and values that differ from the defaults, such as {@code journal.level=BUFFERED} */
    public static TrellisPeer start(Path folder, List<String> jvmOptions, List<String> configuration) {
        int httpPort = Ports.free();
        Path data = folder.resolve("trellis");
        List<String> command = new ArrayList<>(List.of(
                "io.trellisdb.server.Main",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--http",
                "127.0.0.1:" + httpPort));
        configuration.forEach(setting -> command.addAll(List.of("--set", setting)));
        JavaProcess process = JavaProcess.start(folder.resolve("trellis.log"), "ready ", jvmOptions, command);
        return new TrellisPeer(process, data, httpPort, jvmOptions, configuration);
    }

    private String address() {
        return process.readyLine().substring("ready ".length()).strip();
    }

    private boolean isBuffered() {
        return configuration.contains(BUFFERED);
    }

    @Override
    public String name() {
        return isBuffered() ? "Trellis, buffered" : "Trellis";
    }

    @Override
    public String durability() {
        return isBuffered() ? "no fsync" : "fsync";
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:trellis://" + address() + "/");
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
    public String settings() {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(configuration);
        return String.join(" ", all);
    }

    @Override
    public long residentPeakBytes() {
        return ResidentMemory.peakOfFamily(process.id());
    }

    /** The whole data folder after a stop and a checkpoint that empties the journal. */
    @Override
    public long bytesOnDisk(String table) {
        process.close();
        try (NodeStore store = Stores.open(StoreOptions.of(data, partitions()), NanoClock.system())) {
            store.compact();
        }
        return Folders.sizeBytes(data);
    }

    private int partitions() {
        return configuration.stream()
                .filter(setting -> setting.startsWith(PARTITIONS))
                .map(setting -> Integer.parseInt(setting.substring(PARTITIONS.length())))
                .findFirst()
                .orElse(DEFAULT_PARTITIONS);
    }

    @Override
    public void close() {
        process.close();
    }
}
