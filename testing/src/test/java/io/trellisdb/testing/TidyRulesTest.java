package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.testing.TidyRules.SourceFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule with a case that must fail and one that must not. Forbidden words are joined, since TidyTest reads this file. */
final class TidyRulesTest {
    private static final String PRINT = "System." + "out.println(1);";
    private static final String SLEEP = "Thread.sl" + "eep(1);";

    @Test
    void longFileNeedsAReason() {
        SourceFile tooLong = lines("a/src/main/java/A.java", TidyRules.LINES_MAX + 1);
        SourceFile longest = lines("a/src/main/java/B.java", TidyRules.LINES_MAX);

        assertEquals(
                List.of(
                        "file is longer than 600 lines and has no reason in tidy-allow.txt: a/src/main/java/A.java (601)"),
                TidyRules.longFiles(List.of(tooLong, longest), Map.of()));
        assertEquals(List.of(), TidyRules.longFiles(List.of(tooLong), Map.of(tooLong.path(), "a facade")));
    }

    @Test
    void reasonForAFileThatIsNotLongIsStale() {
        assertEquals(
                List.of("tidy-allow.txt names a file that is not long: a/A.java"),
                TidyRules.longFiles(List.of(file("a/A.java", "")), Map.of("a/A.java", "a facade")));
    }

    @Test
    void allowedFileNeedsItsReason() {
        assertEquals(Map.of("a/A.java", "wide"), TidyRules.parseAllowed(List.of("# comment", "", "a/A.java: wide")));
        assertThrows(IllegalArgumentException.class, () -> TidyRules.parseAllowed(List.of("a/A.java:")));
    }

    @Test
    void packageOfTheProductNeedsItsDescription() {
        SourceFile described = file("a/src/main/java/p/A.java", "");
        SourceFile description = file("a/src/main/java/p/package-info.java", "");
        SourceFile bare = file("a/src/main/java/q/B.java", "");
        SourceFile test = file("a/src/test/java/r/CTest.java", "");

        assertEquals(
                List.of("package has no package-info.java: a/src/main/java/q"),
                TidyRules.missingPackageInfo(List.of(described, description, bare, test)));
    }

    @Test
    void unfinishedWorkIsFound() {
        SourceFile file = file("a/src/main/java/A.java", "int a;", "// TO" + "DO later", "// FIX" + "ME");

        assertEquals(2, TidyRules.unfinished(List.of(file)).size());
        assertEquals(List.of(), TidyRules.unfinished(List.of(file("a/A.java", "int todos;"))));
    }

    @Test
    void printingIsForPrograms() {
        SourceFile storage = file("storage/src/main/java/A.java", "int a;", PRINT, "e.print" + "StackTrace();");
        SourceFile comment = file("storage/src/main/java/B.java", " * never " + PRINT);
        SourceFile cli = file("cli/src/main/java/C.java", PRINT);

        assertEquals(
                List.of(
                        "only cli, examples and bench print; elsewhere log or throw: storage/src/main/java/A.java:2",
                        "only cli, examples and bench print; elsewhere log or throw: storage/src/main/java/A.java:3"),
                TidyRules.printing(List.of(storage, comment, cli)));
    }

    @Test
    void testsThatSleepAreFound() {
        SourceFile test = file("a/src/test/java/ATest.java", SLEEP, "TimeUnit.SECONDS.sl" + "eep(1);");
        SourceFile product = file("a/src/main/java/A.java", SLEEP);

        assertEquals(2, TidyRules.sleeping(List.of(test, product)).size());
    }

    @Test
    void markdownWithoutOneTitleIsFound() {
        SourceFile none = file("a.md", "## Part");
        SourceFile two = file("b.md", "# One", "# Two");
        SourceFile one = file("c.md", "# One", "```", "# a comment in a script", "```");

        assertEquals(
                List.of(
                        "a Markdown file has exactly one title: a.md (0)",
                        "a Markdown file has exactly one title: b.md (2)"),
                TidyRules.markdownTitles(List.of(none, two, one)));
    }

    @Test
    void deadLinkIsFound() {
        SourceFile file = file(
                "docs/a.md",
                "# A [up](../README.md#part), [web](https://example.org/x), [here](#part), `[code](not/a/link)`",
                "[gone](gone.md)");

        assertEquals(
                List.of("link leads nowhere: docs/a.md -> gone.md"),
                TidyRules.deadLinks(List.of(file), path -> path.equals(Path.of("README.md"))));
    }

    private static SourceFile file(String path, String... lines) {
        return new SourceFile(path, List.of(lines));
    }

    private static SourceFile lines(String path, int count) {
        return new SourceFile(path, Collections.nCopies(count, "int a;"));
    }
}
