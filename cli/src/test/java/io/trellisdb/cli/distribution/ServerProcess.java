package io.trellisdb.cli.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, from its "ready" until it is closed. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "ready ";
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final String address;

    private ServerProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static ServerProcess start(List<String> command, Path folder) throws IOException {
        Path err = Files.createTempFile(folder, "server", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, line.substring(READY.length()).strip());
            }
        }
        process.destroyForcibly();
        throw new AssertionError("server ended before it was ready:\n" + Files.readString(err));
    }

    String url() {
        return "jdbc:trellis://" + address + "/";
    }

    /** Stops it by SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        boolean isStopped = false;
        try {
            isStopped = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!isStopped) {
            process.destroyForcibly();
            throw new AssertionError("server did not stop within " + STOP_SECONDS + " s");
        }
    }
}
