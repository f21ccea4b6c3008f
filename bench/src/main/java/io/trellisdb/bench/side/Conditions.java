package io.trellisdb.bench.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;

/** Where and when a run happened, in words for people. */
final class Conditions {
    private static final double GIB = 1L << 30;

    private Conditions() {}

    static String describe() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s UTC; %d × %s, %.0f GiB, %s %s; JDK %s; commit %s; client and server on the same machine",
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
                        .format(Instant.now().atZone(ZoneOffset.UTC)),
                system.getAvailableProcessors(),
                processor(),
                system.getTotalMemorySize() / GIB,
                system.getName(),
                system.getVersion(),
                System.getProperty("java.version"),
                commit());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit of the working folder, {@code unknown} outside a repository. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return answer.isBlank() ? "unknown" : answer.strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
