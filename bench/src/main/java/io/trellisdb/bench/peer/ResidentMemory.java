package io.trellisdb.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Resident memory of processes, read from the folder {@code /proc} of Linux. */
final class ResidentMemory {
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** The peak of a process or of one of its children, whichever is larger, in bytes; 0 for none. */
    static long peakOfFamily(long processId) {
        Stream<Long> family = ProcessHandle.of(processId).stream()
                .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                .map(ProcessHandle::pid);
        return family.mapToLong(id -> read(id, "VmHWM:")).max().orElse(0);
    }

    private static long read(long processId, String field) {
        Path status = Path.of("/proc", Long.toString(processId), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> KIB
                            * Long.parseLong(line.substring(field.length(), line.length() - "kB".length())
                                    .strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
