package io.trellisdb.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL 15 as Debian installs it; it refuses to run as root, so root runs it as the user {@code postgres}. */
public final class PostgresPeer implements Peer {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private final Path data;
    private final int port;
    private final List<String> configuration;

    private PostgresPeer(Path data, int port, List<String> configuration) {
        this.data = data;
        this.port = port;
        this.configuration = configuration;
    }

    /** Whether this machine has it. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("initdb"));
    }

    public static PostgresPeer start(Path folder) {
        return start(folder, List.of());
    }

    /** @param configuration parameters that differ from the defaults, such as {@code shared_buffers=1GB} */
    public static PostgresPeer start(Path folder, List<String> configuration) {
        Path home = folder.resolve("postgres");
        Path data = home.resolve("data");
        int port = Ports.free();
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isRoot()) {
            run(List.of("chmod", "711", folder.toString()));
            run(List.of("chown", "postgres", home.toString()));
        }
        run(asServerUser("initdb", "-D", data.toString(), "-A", "trust", "-U", "bench", "-E", "UTF8"));
        StringBuilder options = new StringBuilder("-p " + port + " -c listen_addresses=127.0.0.1 -k " + home);
        configuration.forEach(setting -> options.append(" -c ").append(setting));
        run(asServerUser(
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-l",
                home.resolve("log").toString(),
                "-o",
                options.toString(),
                "start"));
        return new PostgresPeer(data, port, configuration);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> asServerUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("command failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public String name() {
        return "PostgreSQL 15";
    }

    @Override
    public String durability() {
        return "fsync";
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port
                + "/postgres?user=bench&sslmode=disable&reWriteBatchedInserts=true");
    }

    @Override
    public String settings() {
        return configuration.isEmpty() ? "defaults" : String.join(" ", configuration);
    }

    @Override
    public void settle(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze " + table);
        }
    }

    @Override
    public long residentPeakBytes() {
        return ResidentMemory.peakOfFamily(serverProcess());
    }

    private long serverProcess() {
        try {
            // Only the server's own user may read its folder, and root.
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long bytesOnDisk(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
            try (ResultSet size = statement.executeQuery("select pg_total_relation_size('" + table + "')")) {
                size.next();
                return size.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        run(asServerUser("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop"));
    }
}
