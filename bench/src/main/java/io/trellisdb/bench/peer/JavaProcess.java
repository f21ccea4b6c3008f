package io.trellisdb.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this program's class path, ready when it has printed a line with a given word. */
final class JavaProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final String readyLine;

    private JavaProcess(Process process, String readyLine) {
        this.process = process;
        this.readyLine = readyLine;
    }

    static JavaProcess start(Path log, String readyWord, List<String> jvmOptions, List<String> command) {
        try {
            Process process = new ProcessBuilder(commandLine(jvmOptions, command))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.contains(readyWord)) {
                    return new JavaProcess(process, line);
                }
            }
            process.destroyForcibly();
            throw new IllegalStateException("process ended before it was ready, see " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that writes all it says into its log; the caller finds out when it is ready. */
    static JavaProcess startLogged(Path log, List<String> jvmOptions, List<String> command) {
        try {
            return new JavaProcess(
                    new ProcessBuilder(commandLine(jvmOptions, command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> commandLine(List<String> jvmOptions, List<String> command) {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(jvmOptions);
        all.add("-cp");
        all.add(System.getProperty("java.class.path"));
        all.addAll(command);
        return all;
    }

    long id() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The line that said that it was ready. */
    String readyLine() {
        return readyLine;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
