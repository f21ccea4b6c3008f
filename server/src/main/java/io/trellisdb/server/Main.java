package io.trellisdb.server;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.config.ServerSettings;
import io.trellisdb.server.config.Setting;
import io.trellisdb.server.logging.LogFiles;
import io.trellisdb.server.node.TrellisNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trellis server}: one node in the foreground. Prints {@code ready HOST:PORT} once it serves SQL. */
@Command(
        name = "server",
        description =
                "Runs one node in the foreground; prints 'ready HOST:PORT' once it serves SQL. SIGTERM stops it cleanly.",
        mixinStandardHelpOptions = true,
        version = "Trellis 0.1.0",
        sortOptions = false)
public final class Main implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory of the node's data; created when missing.")
    private @Nullable Path data;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "SQL door (node.listen), 127.0.0.1:20001.")
    private @Nullable String listen;

    @Option(names = "--advertise", paramLabel = "HOST", description = "Host that clients use (node.advertise).")
    private @Nullable String advertise;

    @Option(names = "--http", paramLabel = "HOST:PORT", description = "Health and metrics (http.listen).")
    private @Nullable String http;

    @Option(names = "--node", paramLabel = "NAME", description = "The node's name (node.name).")
    private @Nullable String node;

    @Option(names = "--seeds", paramLabel = "HOST:PORT,…", description = "Other nodes of the cluster; not yet.")
    private @Nullable String seeds;

    @Option(names = "--config", paramLabel = "FILE", description = "HOCON file with settings.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; wins over the file.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--print-config", description = "Prints the settings in force and exits.")
    private boolean printConfig;

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Main());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println("trellis: " + sentence(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(command.execute(arguments));
    }

    private static String sentence(Exception failure) {
        return failure instanceof TrellisException known ? known.getMessage() : "server failed by a defect: " + failure;
    }

    @Override
    public Integer call() throws Exception {
        CommandLine line = java.util.Objects.requireNonNull(spec, "not called by the command line")
                .commandLine();
        ServerConfig settings = settings();
        if (printConfig) {
            line.getOut().print(settings.print());
            line.getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        if (seeds != null) {
            throw invalid("a node cannot join others yet: leave --seeds out to run a cluster of one");
        }
        Path directory = data;
        if (directory == null) {
            throw invalid("server needs a directory: give --data DIR");
        }
        LogFiles log = LogFiles.start(
                directory.resolve("log"),
                settings.get(ServerSettings.LOG_FILE_SIZE),
                settings.getInt(ServerSettings.LOG_FILES));
        TrellisNode running = new TrellisNode(settings, directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running, log), "trellis-stop"));
        running.start();
        Optional<InetSocketAddress> address = running.sqlAddress();
        if (address.isEmpty()) {
            throw invalid("server needs an address: node.listen is empty");
        }
        line.getOut().println("ready " + print(address.get()));
        line.getOut().flush();
        TrellisException failure = running.failed().toCompletableFuture().join();
        throw failure;
    }

    private ServerConfig settings() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, ServerSettings.NODE_LISTEN, listen);
        put(given, ServerSettings.NODE_ADVERTISE, advertise);
        put(given, ServerSettings.HTTP_LISTEN, http);
        put(given, ServerSettings.NODE_NAME, node);
        given.putAll(overrides);
        return ServerConfig.read(Optional.ofNullable(config), given);
    }

    private static void put(Map<String, String> given, Setting<String> setting, @Nullable String value) {
        if (value != null) {
            given.put(setting.key(), value);
        }
    }

    private static TrellisException invalid(String message) {
        return new TrellisException(ErrorCode.INVALID_CONFIGURATION, message);
    }

    private static String print(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The process is about to end, whoever asked for it. A node that has not started yet is safe to be cut off. */
    private static void stop(TrellisNode node, LogFiles log) {
        try {
            if (node.state() == TrellisNode.State.READY) {
                node.close();
            }
        } finally {
            log.close();
        }
    }
}
