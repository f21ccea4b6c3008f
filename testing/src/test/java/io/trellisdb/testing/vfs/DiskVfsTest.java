package io.trellisdb.testing.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskVfsTest extends VfsContract {
    @TempDir
    Path folder;

    private DiskVfs vfs;

    @BeforeEach
    void open() {
        vfs = DiskVfs.open(folder.resolve("deep/data"));
    }

    @Override
    Vfs vfs() {
        return vfs;
    }

    @Test
    void rootIsCreatedWithTheDirectoriesAboveIt() {
        assertTrue(Files.isDirectory(folder.resolve("deep/data")));
        assertEquals(folder.resolve("deep/data").toAbsolutePath(), vfs.root());
    }

    @Test
    void rootThatIsAFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertFailure(ErrorCode.IO_ERROR, () -> DiskVfs.open(file));
    }

    @Test
    void lockIsSeenThroughOtherPathsOfThisProcess() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), vfs.root());
        DiskVfs same = DiskVfs.open(link);

        try (VfsLock lock = vfs.tryLock("LOCK").orElseThrow()) {
            assertTrue(same.tryLock("LOCK").isEmpty(), lock::toString);
        }
        same.tryLock("LOCK").orElseThrow().close();
    }

    @Test
    void lockSurvivesAFailedAttemptOfThisProcessAndStopsAnotherProcess() throws Exception {
        assertTrue(isFreeForAnotherProcess());
        try (VfsLock lock = vfs.tryLock("LOCK").orElseThrow()) {
            assertTrue(vfs.tryLock("LOCK").isEmpty(), lock::toString);
            assertFalse(isFreeForAnotherProcess());
        }
        assertTrue(isFreeForAnotherProcess());
    }

    private boolean isFreeForAnotherProcess() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockAttempt.class.getName(),
                        vfs.root().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue() == LockAttempt.TAKEN;
    }
}
