package io.trellisdb.testing.vfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.common.vfs.VfsLock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link Vfs} does, whatever stands behind it. */
abstract class VfsContract {
    /** The file system under test, empty. */
    abstract Vfs vfs();

    @Test
    void writtenBytesAreReadBackAtTheirPosition() {
        try (VfsFile file = vfs().create("journal")) {
            file.write(bytes("hello"), 0);
            file.write(bytes("J"), 0);
            file.write(bytes("!"), 5);

            assertEquals(6, file.size());
            assertEquals("Jello!", read(file, 0, 6));
            assertEquals("lo!", read(file, 3, 10));
            assertEquals("journal", file.name());
        }
    }

    @Test
    void readingAtOrBehindTheEndGivesNothing() {
        try (VfsFile file = vfs().create("f")) {
            file.write(bytes("ab"), 0);

            assertEquals("", read(file, 2, 4));
            assertEquals("", read(file, 100, 4));
        }
    }

    @Test
    void gapBehindTheEndReadsAsZeros() {
        try (VfsFile file = vfs().create("f")) {
            file.write(bytes("x"), 3);

            assertEquals("\0\0\0x", read(file, 0, 10));
        }
    }

    @Test
    void bufferIsConsumedFromPositionToLimit() {
        try (VfsFile file = vfs().create("f")) {
            ByteBuffer source = ByteBuffer.wrap("abcdef".getBytes(UTF_8), 2, 3);
            file.write(source, 0);

            assertFalse(source.hasRemaining());
            assertEquals("cde", read(file, 0, 10));
        }
    }

    @Test
    void largeTransfersAreWhole() {
        byte[] data = new byte[3 * 1024 * 1024 + 17];
        new Random(5).nextBytes(data);
        try (VfsFile file = vfs().create("f")) {
            file.write(ByteBuffer.wrap(data), 0);
            ByteBuffer target = ByteBuffer.allocate(data.length + 10);

            assertEquals(data.length, file.read(target, 0));
            assertEquals(data.length, target.position());
            assertArrayEquals(data, Arrays.copyOf(target.array(), data.length));
        }
    }

    @Test
    void truncationCutsAndNeverGrows() {
        try (VfsFile file = vfs().create("f")) {
            file.write(bytes("abcdef"), 0);
            file.truncate(2);
            file.truncate(100);
            assertEquals(2, file.size());

            file.write(bytes("z"), 4);
            file.force();
            assertEquals("ab\0\0z", read(file, 0, 10));
        }
    }

    @Test
    void creatingTwiceFailsAndOpeningNeedsAFile() {
        vfs().create("f").close();

        assertFailure(ErrorCode.IO_ERROR, () -> vfs().create("f"));
        assertFailure(ErrorCode.IO_ERROR, () -> vfs().open("absent"));
        assertFailure(ErrorCode.IO_ERROR, () -> vfs().openReadOnly("absent"));
        assertFailure(ErrorCode.IO_ERROR, () -> vfs().create("absent/f"));
    }

    @Test
    void reopenedFileHasItsBytes() {
        try (VfsFile file = vfs().create("f")) {
            file.write(bytes("abc"), 0);
        }
        try (VfsFile file = vfs().open("f")) {
            file.write(bytes("d"), 3);
        }
        try (VfsFile file = vfs().openReadOnly("f")) {
            assertEquals("abcd", read(file, 0, 10));
            assertThrows(IllegalStateException.class, () -> file.write(bytes("x"), 0));
        }
    }

    @Test
    void closedFileRefusesEverythingButClosing() {
        VfsFile file = vfs().create("f");
        file.close();
        file.close();

        assertFailure(ErrorCode.IO_ERROR, file::size);
        assertFailure(ErrorCode.IO_ERROR, () -> file.write(bytes("x"), 0));
        assertFailure(ErrorCode.IO_ERROR, file::force);
    }

    @Test
    void namesAreListedSortedByDirectory() {
        vfs().createDirectories("journal/old");
        vfs().createDirectories("journal");
        vfs().create("journal/2").close();
        vfs().create("journal/1").close();
        vfs().create("journal/old/0").close();
        vfs().create("top").close();

        assertEquals(List.of("1", "2"), vfs().list("journal"));
        assertEquals(List.of("0"), vfs().list("journal/old"));
        assertEquals(List.of("top"), vfs().list(""));
        assertEquals(List.of(), vfs().list("absent"));
        assertTrue(vfs().exists("journal/1"));
        assertFalse(vfs().exists("journal"));
        vfs().forceDirectory("journal");
        vfs().forceDirectory("");
    }

    @Test
    void directoryIsNotCreatedOverAFile() {
        vfs().create("f").close();

        assertFailure(ErrorCode.IO_ERROR, () -> vfs().createDirectories("f"));
    }

    @Test
    void deletedFileStaysReadableWhereOpen() {
        try (VfsFile file = vfs().create("f")) {
            file.write(bytes("abc"), 0);

            assertTrue(vfs().delete("f"));
            assertFalse(vfs().delete("f"));
            assertFalse(vfs().exists("f"));
            assertEquals("abc", read(file, 0, 3));
        }
    }

    @Test
    void renameReplacesItsTarget() {
        write("new", "new");
        write("current", "old");

        vfs().rename("new", "current");

        assertEquals(List.of("current"), vfs().list(""));
        try (VfsFile file = vfs().openReadOnly("current")) {
            assertEquals("new", read(file, 0, 10));
        }
        assertFailure(ErrorCode.IO_ERROR, () -> vfs().rename("absent", "x"));
    }

    @Test
    void lockIsExclusiveUntilReleased() {
        VfsLock lock = vfs().tryLock("LOCK").orElseThrow();
        assertTrue(vfs().tryLock("LOCK").isEmpty());
        assertTrue(vfs().tryLock("LOCK").isEmpty());

        lock.close();
        lock.close();

        vfs().tryLock("LOCK").orElseThrow().close();
    }

    @Test
    void namesOutsideOfTheTreeAreRefused() {
        for (String name : List.of("", "/etc", "../x", "a/../b", "a//b", "./a", "a/")) {
            assertThrows(IllegalArgumentException.class, () -> vfs().create(name), name);
        }
        assertThrows(IllegalArgumentException.class, () -> vfs().rename("a", "b/a"));
    }

    @Test
    void freeSpaceIsPositive() {
        assertTrue(vfs().freeBytes() > 0);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static String read(VfsFile file, long position, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        int count = file.read(target, position);
        assertEquals(count, target.position());
        return new String(target.array(), 0, count, UTF_8);
    }

    private void write(String name, String text) {
        try (VfsFile file = vfs().create(name)) {
            file.write(bytes(text), 0);
        }
    }

    static void assertFailure(ErrorCode code, Runnable action) {
        assertEquals(code, assertThrows(TrellisException.class, action::run).code());
    }
}
