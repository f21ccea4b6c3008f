package io.trellisdb.testing.vfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.testing.vfs.FaultPlan.Operation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MemoryVfsTest extends VfsContract {
    private static final int CRASHES = 200;

    private final MemoryVfs vfs = new MemoryVfs();

    @Override
    Vfs vfs() {
        return vfs;
    }

    @Test
    void forcedBytesOfForcedNamesSurvive() {
        for (long seed = 0; seed < CRASHES; seed++) {
            MemoryVfs disk = new MemoryVfs();
            VfsFile file = disk.create("f");
            file.write(bytes("durable"), 0);
            file.force();
            disk.forceDirectory("");
            file.write(bytes("lost"), 7);

            disk.crash(seed);

            assertTrue(contents(disk, "f").startsWith("durable"), "seed " + seed);
        }
    }

    @Test
    void unforcedBytesSurviveInAnyPart() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < CRASHES; seed++) {
            MemoryVfs disk = new MemoryVfs();
            VfsFile file = disk.create("f");
            disk.forceDirectory("");
            file.write(sector('a'), 0);
            file.write(sector('b'), 4096);

            disk.crash(seed);

            String text = contents(disk, "f");
            seen.add(text.length() + (text.indexOf('a') >= 0 ? "a" : "") + (text.indexOf('b') >= 0 ? "b" : ""));
        }

        assertTrue(seen.containsAll(Set.of("0", "4096", "4096a", "8192", "8192a", "8192b", "8192ab")), seen::toString);
    }

    @Test
    void sectorsMayBeTorn() {
        boolean isTorn = false;
        for (long seed = 0; seed < CRASHES; seed++) {
            MemoryVfs disk = new MemoryVfs();
            VfsFile file = disk.create("f");
            file.write(sector('a'), 0);
            file.force();
            disk.forceDirectory("");
            file.write(sector('b'), 0);

            disk.crash(seed);

            String text = contents(disk, "f");
            assertEquals(4096, text.length());
            isTorn |= text.indexOf('a') >= 0 && text.indexOf('b') >= 0;
        }
        assertTrue(isTorn);
    }

    @Test
    void unforcedNamesMayBeLostThoughTheFileWasForced() {
        Set<List<String>> seen = new HashSet<>();
        for (long seed = 0; seed < CRASHES; seed++) {
            MemoryVfs disk = new MemoryVfs();
            disk.create("old").force();
            disk.forceDirectory("");
            VfsFile file = disk.create("new");
            file.write(bytes("x"), 0);
            file.force();
            disk.rename("new", "old");

            disk.crash(seed);

            seen.add(disk.list(""));
        }

        assertEquals(Set.of(List.of("old"), List.of("new", "old")), seen);
    }

    @Test
    void sameSeedGivesTheSameCrash() {
        assertEquals(crashed(42), crashed(42));
    }

    private static String crashed(long seed) {
        MemoryVfs disk = new MemoryVfs();
        VfsFile file = disk.create("f");
        disk.forceDirectory("");
        for (int i = 0; i < 20; i++) {
            file.write(sector((char) ('a' + i)), i * 3000L);
        }
        disk.crash(seed);
        return contents(disk, "f");
    }

    @Test
    void crashClosesFilesAndReleasesLocks() {
        VfsFile file = vfs.create("f");
        vfs.forceDirectory("");
        assertTrue(vfs.tryLock("LOCK").isPresent());

        vfs.crash(1);

        assertFailure(ErrorCode.IO_ERROR, file::size);
        assertTrue(vfs.tryLock("LOCK").isPresent());
    }

    @Test
    void failedForceLosesItsBytesForGood() {
        VfsFile file = vfs.create("f");
        vfs.forceDirectory("");
        vfs.setFaults(FaultPlan.once(Operation.FORCE, 1, Fault.IO_ERROR));
        file.write(bytes("abc"), 0);
        assertFailure(ErrorCode.IO_ERROR, file::force);
        file.write(bytes("def"), 3);
        file.force();
        assertEquals("abcdef", read(file, 0, 10));

        vfs.crash(1);

        assertEquals("\0\0\0def", contents(vfs, "f"));
    }

    @Test
    void plannedFaultsHitTheirOperation() {
        VfsFile file = vfs.create("f");
        vfs.setFaults(FaultPlan.once(Operation.WRITE, 2, Fault.HALF_WRITTEN));
        file.write(bytes("ab"), 0);
        assertFailure(ErrorCode.DISK_FULL, () -> file.write(bytes("cdef"), 2));
        assertEquals("abcd", read(file, 0, 10));

        vfs.setFaults((operation, name) -> operation == Operation.CREATE ? Fault.DISK_FULL : null);
        assertFailure(ErrorCode.DISK_FULL, () -> vfs.create("g"));
        assertFalse(vfs.exists("g"));
    }

    @Test
    void fullDiskRefusesGrowthOnly() {
        VfsFile file = vfs.create("f");
        vfs.setCapacity(4);
        file.write(bytes("abcd"), 0);
        assertEquals(0, vfs.freeBytes());

        assertFailure(ErrorCode.DISK_FULL, () -> file.write(bytes("e"), 4));
        file.write(bytes("x"), 0);

        assertEquals("xbcd", read(file, 0, 10));
    }

    @Test
    void flippedBitStaysAfterACrash() {
        VfsFile file = vfs.create("f");
        file.write(bytes("abc"), 0);
        file.force();
        vfs.forceDirectory("");

        vfs.flipBit("f", 1, 0);
        assertEquals("acc", read(file, 0, 3));
        vfs.crash(7);

        assertEquals("acc", contents(vfs, "f"));
    }

    private static ByteBuffer sector(char content) {
        byte[] bytes = new byte[4096];
        Arrays.fill(bytes, (byte) content);
        return ByteBuffer.wrap(bytes);
    }

    private static String contents(MemoryVfs disk, String name) {
        try (VfsFile file = disk.openReadOnly(name)) {
            ByteBuffer target = ByteBuffer.allocate((int) file.size());
            file.read(target, 0);
            return new String(target.array(), UTF_8);
        }
    }
}
