package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.error.TrellisException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs golden scripts: text files that read as a story and hold what is expected beside what is done.
 *
 * <pre>
 * # A comment says why, and what the reader should notice.
 * first line of a command
 * further lines of it
 * ---
 * the output, line by line
 *
 * next command
 * ---
 * its output
 * </pre>
 *
 * An empty line ends a case; an empty line of output is written as {@code \}, and output that begins with {@code \} gets
 * one more. A command without output keeps its {@code ---}. A command that throws prints {@code error: } and the message,
 * or {@code error SQLSTATE: } and the message for a {@link TrellisException}.
 *
 * <p>{@code -Dscripts.rewrite=true} writes what was observed into the files; read that diff as code, and commit it only
 * when every change is understood. A file is one test with a fresh interpreter, which is closed if it is closeable.
 */
public final class GoldenScripts {
    /** Carries out the commands of one script, in order. */
    @FunctionalInterface
    public interface Interpreter {
        /** The output of one command (lines joined by newlines, without the last one); exceptions become output. */
        String run(String command) throws Exception;
    }

    private static final String REWRITE = "scripts.rewrite";

    private GoldenScripts() {}

    /**
     * One test for each {@code *.txt} file under {@code src/test/resources/scripts/AREA} of the running module, in the order
     * of their names. An area without scripts is an error, since its tests would pass by doing nothing.
     */
    public static Stream<DynamicTest> area(String area, Supplier<? extends Interpreter> interpreters) {
        Path folder = RepositoryRoot.moduleFolder().resolve(Path.of("src", "test", "resources", "scripts", area));
        boolean rewrite = Boolean.getBoolean(REWRITE);
        return scripts(folder).stream()
                .map(file -> DynamicTest.dynamicTest(
                        folder.relativize(file).toString(), file.toUri(), () -> check(file, interpreters, rewrite)));
    }

    static List<Path> scripts(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no such folder of scripts: " + folder);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found =
                    files.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no scripts in folder: " + folder);
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException("cannot list scripts: " + folder, e);
        }
    }

    static void check(Path file, Supplier<? extends Interpreter> interpreters, boolean rewrite) throws Exception {
        String expected = Files.readString(file);
        Interpreter interpreter = interpreters.get();
        String observed;
        try {
            observed = replay(GoldenScript.parse(expected), interpreter);
        } finally {
            if (interpreter instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
        if (rewrite) {
            if (!observed.equals(expected)) {
                Files.writeString(file, observed);
            }
        } else {
            assertEquals(expected, observed, () -> file.getFileName() + ", rewrite with -D" + REWRITE + "=true");
        }
    }

    private static String replay(GoldenScript script, Interpreter interpreter) {
        return script.withOutputs(command -> outputOf(command, interpreter)).toText();
    }

    private static String outputOf(String command, Interpreter interpreter) {
        try {
            return interpreter.run(command);
        } catch (TrellisException e) {
            return "error " + e.code().sqlState() + ": " + e.getMessage();
        } catch (Exception e) {
            return "error: " + e.getMessage();
        }
    }
}
