package io.trellisdb.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file that adds up what the nightly suites really ran: one line for each run of a suite, never edited.
 *
 * <p>A ledger is written by one process at a time, as Maven runs the suites one after the other.
 */
public final class ReliabilityLedger {
    static final String HEADER = "commit,suite,seeds,rounds,failures";

    private final Path file;
    private final String commit;

    ReliabilityLedger(Path file, String commit) {
        this.file = file;
        this.commit = commit;
    }

    /** The ledger of this source tree, {@code docs/reliability-ledger.csv}, at the commit that is checked out. */
    public static ReliabilityLedger ofRepository() {
        Path root = RepositoryRoot.find();
        return new ReliabilityLedger(root.resolve("docs").resolve("reliability-ledger.csv"), commitOf(root));
    }

    /** Appends one run; the first one writes the header too. */
    public void append(String suite, long seeds, long rounds, long failures) {
        if (!suite.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("suite must be lower-case words joined by hyphens: " + suite);
        }
        String line =
                String.join(",", commit, suite, Long.toString(seeds), Long.toString(rounds), Long.toString(failures));
        try {
            Files.createDirectories(file.getParent());
            List<String> lines = Files.exists(file) ? List.of(line) : List.of(HEADER, line);
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException("cannot append to the ledger: " + file, e);
        }
    }

    private static String commitOf(Path root) {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD")
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? output : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
