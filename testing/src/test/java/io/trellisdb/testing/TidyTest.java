package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.testing.TidyRules.SourceFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads the whole source tree. */
@Tag("tidy")
final class TidyTest {
    private static final Path ROOT = RepositoryRoot.find();
    private static final List<SourceFile> FILES = new ArrayList<>();

    @BeforeAll
    static void readSources() throws IOException {
        FILES.clear();
        Files.walkFileTree(ROOT, new SourceReader());
        assertTrue(FILES.size() > 10, "the source tree was not found");
    }

    @Test
    void longFilesAreNamedWithTheirReason() throws IOException {
        List<String> allowed = Files.readAllLines(ROOT.resolve("testing").resolve("tidy-allow.txt"));

        assertTidy(TidyRules.longFiles(FILES, TidyRules.parseAllowed(allowed)));
    }

    @Test
    void everyPackageIsDescribed() {
        assertTidy(TidyRules.missingPackageInfo(FILES));
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertTidy(TidyRules.unfinished(FILES));
    }

    @Test
    void onlyProgramsPrint() {
        assertTidy(TidyRules.printing(FILES));
    }

    @Test
    void testsNeverSleep() {
        assertTidy(TidyRules.sleeping(FILES));
    }

    @Test
    void markdownHasOneTitle() {
        assertTidy(TidyRules.markdownTitles(FILES));
    }

    @Test
    void relativeLinksResolve() {
        assertTidy(TidyRules.deadLinks(FILES, path -> Files.exists(ROOT.resolve(path))));
    }

    private static void assertTidy(List<String> complaints) {
        assertEquals("", String.join("\n", complaints));
    }

    private static final class SourceReader extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean isSource = folder.equals(ROOT) || !(name.equals("target") || name.startsWith("."));
            return isSource ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String path = ROOT.relativize(file).toString().replace('\\', '/');
            if (path.endsWith(".java") || path.endsWith(".md")) {
                FILES.add(new SourceFile(path, Files.readAllLines(file)));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
