package io.trellisdb.testing.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jazzer in a process of its own, on the class path of the running tests. */
final class JazzerRun {
    private static final String MAIN = "com.code_intelligence.jazzer.Jazzer";
    /** An input that takes longer hangs, even on a busy machine. */
    private static final Duration INPUT_TIMEOUT = Duration.ofSeconds(60);

    private static final int INPUT_BYTES_MAX = 64 * 1024;
    private static final int OUTPUT_LINES = 60;
    private static final Pattern UNITS = Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");

    private final Class<?> target;
    private final Path folder;

    /** {@code folder} gets what the run leaves: new inputs, failing inputs and its output. */
    JazzerRun(Class<?> target, Path folder) {
        this.target = target;
        this.folder = folder;
    }

    /**
     * How a run ended.
     *
     * @param inputs tried
     * @param finding an input that failed, in Base64, with the end of the output; empty when none did
     */
    record Outcome(long inputs, String finding) {}

    Path found() {
        return folder.resolve("found");
    }

    /** Mutates inputs until the time is over or one fails. */
    Outcome fuzz(List<byte[]> inputs, Duration time, long seed) throws IOException {
        Path given = folder.resolve("given");
        Path artifacts = folder.resolve("failed");
        Files.createDirectories(found());
        Files.createDirectories(artifacts);
        Corpus.unpack(inputs, given);
        int exit = run(List.of(
                "-max_total_time=" + Math.max(1, time.toSeconds()),
                "-timeout=" + INPUT_TIMEOUT.toSeconds(),
                "-max_len=" + INPUT_BYTES_MAX,
                "-seed=" + (int) (seed % Integer.MAX_VALUE),
                "-print_final_stats=1",
                "-artifact_prefix=" + artifacts + "/",
                found().toString(),
                given.toString()));
        String output = Files.readString(output(), StandardCharsets.ISO_8859_1);
        return new Outcome(units(output), exit == 0 ? "" : describe(exit, Corpus.pack(artifacts), output));
    }

    /** The smallest set of these inputs that reaches as much as all of them. */
    List<byte[]> minimize(List<byte[]> inputs) throws IOException {
        Path given = folder.resolve("to-merge");
        Path merged = folder.resolve("merged");
        Corpus.unpack(inputs, given);
        Files.createDirectories(merged);
        int exit = run(List.of("-merge=1", merged.toString(), given.toString()));
        if (exit != 0) {
            throw new IOException("fuzzer cannot merge inputs: " + output());
        }
        return Corpus.pack(merged);
    }

    private Path output() {
        return folder.resolve("output.txt");
    }

    private int run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.trellisdb.**",
                "-rss_limit_mb=3000"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fuzzing", e);
        }
    }

    private static long units(String output) {
        Matcher matcher = UNITS.matcher(output);
        long units = 0;
        while (matcher.find()) {
            units = Long.parseLong(matcher.group(1));
        }
        return units;
    }

    private static String describe(int exit, List<byte[]> failed, String output) {
        String inputs = String.join(
                "\n", failed.stream().map(Base64.getEncoder()::encodeToString).toList());
        List<String> lines = output.lines().toList();
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size()));
        return "fuzzer ends with " + exit + "; lines for the corpus:\n" + inputs + "\nits output ends with:\n" + end;
    }
}
