package io.trellisdb.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, as its command starts it. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final long KIB = 1024;
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final InetSocketAddress address;

    private ServerProcess(Process process, Path errors, InetSocketAddress address) {
        this.process = process;
        this.errors = errors;
        this.address = address;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param directory its data; what it writes to the error stream is kept beside it
     */
    public static ServerProcess start(Path directory, List<String> jvmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("--data", directory.toString(), "--listen", "127.0.0.1:0"));
        command.addAll(List.of("--set", "http.listen="));
        command.addAll(List.of(arguments));
        Path errors = directory.resolveSibling(directory.getFileName() + ".errors");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("server did not become ready: " + line + "\n" + Files.readString(errors));
        }
        int colon = line.lastIndexOf(':');
        InetSocketAddress address = new InetSocketAddress(
                line.substring(READY.length(), colon), Integer.parseInt(line.substring(colon + 1)));
        return new ServerProcess(process, errors, address);
    }

    public InetSocketAddress address() {
        return address;
    }

    public String url() {
        return "jdbc:trellis://" + address.getHostString() + ":" + address.getPort() + "/";
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes of memory that the process has now. */
    public long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: nothing is written or said any more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the exit status. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("server did not stop: " + errors());
        }
        return process.exitValue();
    }

    /** What it wrote to the error stream. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
