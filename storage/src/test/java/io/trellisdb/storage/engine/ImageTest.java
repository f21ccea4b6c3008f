package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.ImageInstallation;
import io.trellisdb.storage.JournalCursor;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.PartitionImage;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.testing.SeededSuite;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions are copied from one store to another while they change. */
final class ImageTest {
    private static final int PARTITIONS = 3;
    private static final long HOLD_BYTES = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private int opened;
    private TestOwner source;
    private NodeStore target;

    @BeforeEach
    void open() {
        source = new TestOwner(open("source"));
        target = open("target");
    }

    @AfterEach
    void close() {
        source.store().close();
        target.close();
    }

    private NodeStore open(String name) {
        StoreOptions options = StoreOptions.of(folder.resolve(name + opened), PARTITIONS)
                .withMinFreeBytes(0)
                .withSegmentBytes(50_000)
                .withMaxWindowBytes(200_000)
                .withMaxReplayBytes(300_000);
        return Stores.open(options, NanoClock.system());
    }

    private void reopenTarget() {
        target.close();
        target = open("target");
    }

    @Test
    void copiesOfChangingPartitionsBecomeEqual() {
        new SeededSuite("store-image", 3, 0.05).run(random -> {
            close();
            opened++;
            open();
            RandomWorkload workload = new RandomWorkload(random, PARTITIONS);
            steps(workload, 60 + random.nextInt(100));
            dirtyTarget(random);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                copy(random, workload, partition);
            }
            workload.check(source);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                catchUp(partition);
            }
            TestOwner copy = new TestOwner(target);
            workload.check(copy);
            reopenTarget();
            copy = new TestOwner(target);
            workload.check(copy);
            for (int step = 0; step < 50; step++) {
                workload.step(copy);
            }
            workload.check(copy);
            reopenTarget();
            workload.check(new TestOwner(target));
        });
    }

    private void steps(RandomWorkload workload, int count) {
        for (int step = 0; step < count; step++) {
            workload.step(source);
        }
    }

    /** What the target holds before is another history, in data and in the journal. */
    private void dirtyTarget(Random random) {
        RandomWorkload other = new RandomWorkload(new Random(random.nextLong()), PARTITIONS);
        TestOwner owner = new TestOwner(target);
        for (int step = 0; step < random.nextInt(200); step++) {
            other.step(owner);
        }
    }

    private void copy(Random random, RandomWorkload workload, int partition) {
        try (PartitionImage image = source.store().openImage(partition, 200 + random.nextInt(20_000), HOLD_BYTES)) {
            ImageInstallation install = target.installImage(image.head());
            while (!install.position().isComplete()) {
                byte[] chunk = image.next();
                switch (random.nextInt(10)) {
                    case 0 -> image.goTo(install.position());
                    case 1 -> {
                        reopenTarget();
                        install = target.installImage(image.head());
                        image.goTo(install.position());
                    }
                    default -> install.accept(chunk);
                }
                steps(workload, random.nextInt(4));
                assertEquals(Long.MAX_VALUE, target.partition(partition).usableFromLsn());
            }
            install.finish();
            steps(workload, random.nextInt(10));
            if (random.nextBoolean()) {
                reopenTarget();
            }
            PartitionStore installed = target.partition(partition);
            assertEquals(image.head().lsn(), installed.appliedLsn());
            assertTrue(installed.usableFromLsn() >= image.head().lsn());
            // the journal keeps what follows until the hold is closed
            source.store().compact();
            if (random.nextBoolean()) {
                catchUp(partition);
            }
        }
    }

    /** Applies what the source's log has and the target has not. */
    private void catchUp(int partition) {
        try (JournalCursor cursor = source.store()
                .journal()
                .read(partition, target.partition(partition).appliedLsn())) {
            List<JournalCursor.Logged> entries = cursor.next(10_000);
            while (!entries.isEmpty()) {
                List<JournalEntry> group =
                        entries.stream().map(JournalCursor.Logged::entry).toList();
                TestOwner.append(target.journal(), group);
                target.apply(group);
                assertEquals(
                        entries.get(entries.size() - 1).hash(),
                        target.partition(partition).lastHash());
                entries = cursor.next(10_000);
            }
        }
        assertEquals(
                source.store().partition(partition).appliedLsn(),
                target.partition(partition).appliedLsn());
        assertEquals(List.of(), target.partition(partition).verify());
    }

    @Test
    void damagedForeignAndMissingChunksAreRefused() {
        RandomWorkload workload = new RandomWorkload(new Random(5), PARTITIONS);
        steps(workload, 50);
        try (PartitionImage image = source.store().openImage(0, 500, HOLD_BYTES);
                PartitionImage other = source.store().openImage(0, 500, HOLD_BYTES)) {
            ImageInstallation install = target.installImage(image.head());
            byte[] chunk = image.next();
            for (int i = 0; i < chunk.length; i++) {
                byte[] damaged = chunk.clone();
                damaged[i] ^= 0x10;
                assertRefused(() -> install.accept(damaged));
            }
            byte[] foreign = other.next();
            assertRefused(() -> install.accept(foreign));
            assertRefused(install::finish);
            byte[] second = image.next();
            assertRefused(() -> install.accept(second));
            install.accept(chunk);
            assertRefused(() -> install.accept(chunk));
            install.accept(second);
            assertRefused(install::finish);
        }
    }

    private static void assertRefused(Runnable action) {
        TrellisException refused = assertThrows(TrellisException.class, action::run);
        assertEquals(ErrorCode.DATA_CORRUPTED, refused.code());
    }

    @Test
    void anotherImageBeginsAgain() {
        RandomWorkload workload = new RandomWorkload(new Random(6), PARTITIONS);
        steps(workload, 50);
        try (PartitionImage first = source.store().openImage(1, 300, HOLD_BYTES)) {
            ImageInstallation install = target.installImage(first.head());
            install.accept(first.next());
            install.accept(first.next());
        }
        steps(workload, 50);
        try (PartitionImage second = source.store().openImage(1, 300, HOLD_BYTES)) {
            ImageHead head = second.head();
            ImageInstallation install = target.installImage(head);
            assertEquals(0, install.position().chunks());
            for (byte[] chunk = second.next(); chunk != null; chunk = second.next()) {
                install.accept(chunk);
            }
            install.finish();
        }
        catchUp(1);
    }
}
