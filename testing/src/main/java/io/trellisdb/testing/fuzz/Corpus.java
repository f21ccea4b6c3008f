package io.trellisdb.testing.fuzz;

import io.trellisdb.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The inputs of one target: a file of Base64 lines in the module's test resources. */
final class Corpus {
    /** Larger inputs are found again when they are needed; the repository keeps small ones. */
    static final int INPUT_BYTES_MAX = 4096;

    static final int INPUTS_MAX = 400;

    private static final Comparator<byte[]> SHORTEST_FIRST =
            Comparator.<byte[]>comparingInt(input -> input.length).thenComparing(Arrays::compareUnsigned);

    private final Path file;

    private Corpus(Path file) {
        this.file = file;
    }

    static Corpus of(String target) {
        Path resources = RepositoryRoot.moduleFolder().resolve(Path.of("src", "test", "resources"));
        return new Corpus(resources.resolve("fuzz").resolve(target + ".corpus"));
    }

    Path file() {
        return file;
    }

    /** Empty when there is no file yet. */
    List<byte[]> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<byte[]> inputs = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            inputs.add(Base64.getDecoder().decode(line));
        }
        return inputs;
    }

    /** Replaces the file by these inputs, as many and as large as it takes. */
    void write(Collection<byte[]> inputs) throws IOException {
        TreeSet<byte[]> sorted = new TreeSet<>(SHORTEST_FIRST);
        sorted.addAll(inputs);
        Files.createDirectories(file.getParent());
        List<String> lines = sorted.stream()
                .filter(input -> input.length <= INPUT_BYTES_MAX)
                .limit(INPUTS_MAX)
                .map(input -> Base64.getEncoder().encodeToString(input))
                .toList();
        Files.write(file, lines, StandardCharsets.US_ASCII);
    }

    /** The inputs as files of a folder, as the fuzzer wants them. */
    static void unpack(Collection<byte[]> inputs, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (byte[] input : inputs) {
            Files.write(folder.resolve(name(input)), input);
        }
    }

    private static String name(byte[] input) {
        return input.length + "-" + HexFormat.of().toHexDigits(Arrays.hashCode(input));
    }

    static List<byte[]> pack(Path folder) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(each));
            }
        }
        return inputs;
    }
}
