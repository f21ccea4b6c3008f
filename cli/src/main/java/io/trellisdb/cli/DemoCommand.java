package io.trellisdb.cli;

import io.trellisdb.cli.demo.DemoData;
import io.trellisdb.cli.demo.DemoTour;
import io.trellisdb.cli.output.ProgressBar;
import io.trellisdb.cli.output.Terminal;
import io.trellisdb.jdbc.url.ConnectionUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows Trellis on the data that the distribution ships. */
@Command(
        name = "demo",
        description =
                "Starts a node in this process, loads real data through JDBC, asks some questions and prints the answers.")
final class DemoCommand implements Callable<Integer> {
    private static final String HOME_PROPERTY = "trellis.home";

    private final Streams streams;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keeps the data there; the databases sensors and travel of an earlier run are replaced."
                    + " Without it the data is deleted at the end.")
    private @Nullable Path directory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Serves the data on this port of 127.0.0.1 while the demo runs; on a terminal, until Enter.")
    private @Nullable Integer port;

    DemoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws SQLException, IOException {
        Path data = dataFolder();
        if (port != null && (port < 1 || port > 65_535)) {
            throw new CommandException("port is not a number from 1 to 65535: " + port);
        }
        Path given = directory;
        if (given != null) {
            run(data, given);
            String shell = "  bin/trellis sql " + quoted(ConnectionUrl.PREFIX + "file:" + given);
            say("\nThe data stays in " + given + ". Open the shell on it:\n\n" + shell + "\n" + shell
                    + " -e \"select count(*) from sensors.readings\"");
        } else {
            Path temporary = Files.createTempDirectory("trellis-demo-");
            try {
                run(data, temporary);
            } finally {
                delete(temporary);
            }
            say(
                    "\nThe data is deleted again. To keep it and open the shell on it:\n\n  bin/trellis demo --dir demo-data\n"
                            + "  bin/trellis sql jdbc:trellis:file:demo-data");
        }
        return 0;
    }

    /** As a shell takes it. */
    private static String quoted(String text) {
        return text.matches("[\\w:/.+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private void run(Path data, Path target) throws SQLException {
        long begin = System.nanoTime();
        String settings = port == null ? "" : "?node.node.listen=127.0.0.1:" + port;
        say("Starting a node in " + target + " …");
        try (Connection connection = Connections.open(ConnectionUrl.PREFIX + "file:" + target + settings)) {
            say(String.format(java.util.Locale.ROOT, "It runs after %.1f s.\n", (System.nanoTime() - begin) / 1e9));
            DemoData demo = new DemoData(data);
            demo.create(connection);
            demo.load(connection, streams.err(), ProgressBar.isOnTerminal());
            new DemoTour(streams.out()).run(connection);
            say(String.format(java.util.Locale.ROOT, "\nAll of this took %.1f s.", (System.nanoTime() - begin) / 1e9));
            if (port != null && Terminal.isInteractive()) {
                say("\nServing at jdbc:trellis://127.0.0.1:" + port + "/ until you press Enter.");
                Terminal.awaitEnter();
            }
        }
    }

    private void say(String text) {
        PrintStream out = streams.out();
        out.println(text);
        out.flush();
    }

    private static Path dataFolder() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new CommandException(
                    "the demo's data is not found: start it by the script bin/trellis of the distribution");
        }
        Path folder = Path.of(home, "examples", "data");
        if (!Files.isDirectory(folder)) {
            throw new CommandException("the demo's data is not found: " + folder);
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
