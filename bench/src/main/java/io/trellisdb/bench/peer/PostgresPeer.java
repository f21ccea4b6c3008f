package io.trellisdb.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL 15 as Debian installs it; it refuses to run as root, so root runs it as the user {@code postgres}. */
public final class PostgresPeer implements Peer {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private final Path data;
    private final int port;

    private PostgresPeer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** Whether this machine has it. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("initdb"));
    }

    public static PostgresPeer start(Path folder) {
        Path home = folder.resolve("postgres");
        Path data = home.resolve("data");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isRoot()) {
            run(List.of("chmod", "711", folder.toString()));
            run(List.of("chown", "postgres", home.toString()));
        }
        run(asServerUser("initdb", "-D", data.toString(), "-A", "trust", "-U", "bench", "-E", "UTF8"));
        run(asServerUser(
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-l",
                home.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -k " + home,
                "start"));
        return new PostgresPeer(data, port);
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
    public void close() {
        run(asServerUser("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop"));
    }
}
