package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

final class GoldenScriptsTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> echoes() {
        return GoldenScripts.area("echo", Echo::new);
    }

    @Test
    void observedOutputThatDiffersFails() throws Exception {
        Path script = write("say hello\n---\ngoodbye\n");

        AssertionFailedError error =
                assertThrows(AssertionFailedError.class, () -> GoldenScripts.check(script, Echo::new, false));

        assertTrue(error.getMessage().contains("-Dscripts.rewrite=true"), error.getMessage());
        assertEquals("say hello\n---\ngoodbye\n", Files.readString(script));
    }

    @Test
    void rewritingKeepsCommentsAndReplacesOutputs() throws Exception {
        Path script = write("# Why.\nsay hello\n\n\n# Alone.\n\nsay a\n\nb\n---\nold\n".replace("\n\nb\n", "\nb\n"));

        GoldenScripts.check(script, Echo::new, true);

        assertEquals("# Why.\nsay hello\n---\nhello\n\n# Alone.\n\nsay a\nb\n---\na\nb\n", Files.readString(script));
        GoldenScripts.check(script, Echo::new, false);
    }

    @Test
    void interpreterIsFreshForEachScriptAndClosedAfterIt() throws Exception {
        Path script = write("count\n---\n1\n\ncount\n---\n2\n");
        Echo first = new Echo();

        GoldenScripts.check(script, () -> first, false);
        GoldenScripts.check(script, Echo::new, false);

        assertTrue(first.isClosed);
    }

    @Test
    void caseWithoutCommandNamesItsLine() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> GoldenScript.parse("a\n---\n\n---\nb\n"));

        assertEquals("case has no command: line 4", error.getMessage());
    }

    @Test
    void areaWithoutScriptsIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> GoldenScripts.scripts(folder));
        assertThrows(IllegalArgumentException.class, () -> GoldenScripts.area("nowhere", Echo::new));
    }

    @Test
    void scriptsAreFoundInTheOrderOfTheirNames() throws Exception {
        Files.createDirectories(folder.resolve("b"));
        Path second = Files.writeString(folder.resolve("b").resolve("one.txt"), "");
        Path first = Files.writeString(folder.resolve("a.txt"), "");
        Files.writeString(folder.resolve("notes.md"), "");

        assertEquals(List.of(first, second), GoldenScripts.scripts(folder));
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("script.txt"), text);
    }

    /** {@code say WORDS} prints them, {@code blank} prints an empty line, {@code count} counts, the rest fails. */
    private static final class Echo implements GoldenScripts.Interpreter, AutoCloseable {
        private int count;
        private boolean isClosed;

        @Override
        public String run(String command) {
            if (command.startsWith("say ")) {
                return command.substring(4);
            }
            return switch (command) {
                case "blank" -> "before\n\n\\after";
                case "count" -> Integer.toString(++count);
                case "refuse" -> throw new TrellisException(ErrorCode.UNKNOWN_TABLE, "table does not exist: orders");
                default -> throw new IllegalArgumentException("unknown command: " + command);
            };
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
