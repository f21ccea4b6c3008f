package io.trellisdb.cli.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distribution that this build has made, run in processes of its own. */
final class Distribution {
    private static final long TIMEOUT_MINUTES = 5;

    private final Path home;
    private final Path folder;

    /** {@code folder} is where its processes run and leave their output. */
    Distribution(Path folder) {
        this.home = Path.of(System.getProperty("trellis.distribution"));
        this.folder = folder;
    }

    /** What a process left behind. */
    record Outcome(int status, String out, String err) {
        /** Standard output of a process that must have succeeded. */
        String success() {
            if (status != 0) {
                throw new AssertionError("status " + status + "\n" + err + out);
            }
            return out;
        }
    }

    Path home() {
        return home;
    }

    /** Runs {@code bin/trellis} to its end. */
    Outcome trellis(String... arguments) throws IOException, InterruptedException {
        return run(script(arguments));
    }

    /** Runs a Java program on the named jars of the distribution to its end; names are beginnings of file names. */
    Outcome java(List<Path> classPath, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** A server on a free port. */
    ServerProcess server(Path data) throws IOException {
        return ServerProcess.start(
                script("server", "--data", data.toString(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"),
                folder);
    }

    /** The one file of the folder whose name begins so. */
    Path jar(String subfolder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(subfolder))) {
            List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError("not exactly one " + prefix + "* in " + subfolder + ": " + found);
            }
            return found.get(0);
        }
    }

    private List<String> script(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("trellis").toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + TIMEOUT_MINUTES + " minutes: " + command);
        }
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
