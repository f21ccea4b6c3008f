package io.trellisdb.storage.engine;

import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.journal.FileJournal;
import io.trellisdb.testing.ManualClock;
import io.trellisdb.testing.SeededSuite;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Power fails between statements, again and again: journal and data lose what was not made durable, each in its own way, and
 * together they hold exactly what was acknowledged.
 */
final class StoreCrashTest {
    private static final int PARTITIONS = 3;

    @Test
    void journalAndDataTogetherHoldWhatWasAcknowledged() {
        new SeededSuite("store-crash", 60, 0.1).run(StoreCrashTest::live);
    }

    private static void live(Random random) {
        StoreOptions options = StoreOptions.of(Path.of("simulated"), PARTITIONS)
                .withMinFreeBytes(0)
                .withSegmentBytes(2000 + random.nextInt(20_000));
        MemoryVfs vfs = new MemoryVfs();
        ForgetfulKeyspaces keyspaces = new ForgetfulKeyspaces(PARTITIONS);
        RandomWorkload workload = new RandomWorkload(random, PARTITIONS);
        boolean wasCheckpointed = false;
        for (int life = 0; life < 8; life++) {
            // abandoned without a close, as power fails
            NodeStore store = Stores.open(options, vfs, keyspaces, new ManualClock(), random::nextLong);
            TestOwner owner = new TestOwner(store);
            workload.check(owner);
            for (int step = 0; step < random.nextInt(60); step++) {
                workload.step(owner);
                if (random.nextInt(25) == 0) {
                    store.checkpoint();
                    wasCheckpointed = true;
                }
            }
            vfs.crash(random.nextLong());
            // ends its thread; it can no longer write
            ((FileJournal) store.journal()).close();
            if (!wasCheckpointed && random.nextInt(3) == 0) {
                keyspaces.lose();
            } else {
                keyspaces.crash(random);
            }
        }
        NodeStore store = Stores.open(options, vfs, keyspaces, new ManualClock(), random::nextLong);
        workload.check(new TestOwner(store));
        store.close();
    }
}
