package io.trellisdb.storage.engine;

import io.trellisdb.storage.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link KilledChild} as its parent knows it. Confined to one thread. */
final class ChildProcess {
    /** A small JVM starts faster. */
    private static final List<String> JVM =
            List.of("-Xmx256m", "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final BufferedReader lines;
    private final long[] acknowledged = new long[KilledChild.THREADS];

    private ChildProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static ChildProcess start(Path directory, Journal.Level level, long seed, long runSeed, int statements)
            throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KilledChild.class.getName(),
                directory.toString(),
                level.name(),
                Long.toString(seed),
                Long.toString(runSeed),
                Integer.toString(statements)));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Reads until the child has said so many lines that begin with this word, or has ended. */
    void hear(String word, int times) throws IOException {
        int heard = 0;
        while (heard < times) {
            String line = lines.readLine();
            if (line == null) {
                return;
            }
            note(line);
            heard += line.equals(word) || line.startsWith(word + " ") ? 1 : 0;
        }
    }

    /** Kills the child then, unless it ends before; a child that fails is a failure. */
    void killAfterMicros(long micros) throws Exception {
        try {
            boolean hasEnded = process.waitFor(micros, TimeUnit.MICROSECONDS);
            // not through the process itself, which would close the pipe
            process.toHandle().destroyForcibly();
            hearRest();
            if (hasEnded && process.exitValue() != 0) {
                throw new IllegalStateException("child failed by itself: " + process.exitValue());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What was acknowledged before the kill may still be in the pipe; its last line may be torn. */
    private void hearRest() throws IOException {
        StringBuilder rest = new StringBuilder();
        char[] piece = new char[8192];
        for (int count = lines.read(piece); count >= 0; count = lines.read(piece)) {
            rest.append(piece, 0, count);
        }
        int end = rest.lastIndexOf("\n");
        if (end >= 0) {
            rest.substring(0, end).lines().forEach(this::note);
        }
    }

    private void note(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("ack")) {
            int writer = Integer.parseInt(words[1]);
            acknowledged[writer] = Math.max(acknowledged[writer], Long.parseLong(words[2]));
        }
    }

    /** The last statement of a thread that is known to be acknowledged; 0 when none is. */
    long acknowledged(int writer) {
        return acknowledged[writer];
    }
}
