package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.testing.SeededSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Power fails at any moment, again and again: journal and data lose what was not made durable, each in its own way, and
 * together they hold what was acknowledged, every statement whole or absent. Damage below a known-fsynced position is refused.
 */
final class StoreCrashTest {
    private static final int ROUNDS = 300;
    private static final int LIVES = 4;

    @Test
    void journalAndDataTogetherHoldWhatWasAcknowledged() {
        new SeededSuite("store-vfs", ROUNDS, 0.1).run(StoreCrashTest::live);
    }

    private static void live(Random random) {
        SimulatedNode node = new SimulatedNode(random);
        for (int life = 0; life < LIVES; life++) {
            node.openThroughCrashes();
            node.check();
            node.write(random.nextInt(50));
            if (random.nextInt(5) == 0) {
                node.damage();
            } else {
                node.end();
            }
        }
        node.open();
        node.check();
        node.close();
        node.open();
        node.check();
    }

    /** Steps of a backfill are not in the journal: found by killing processes. */
    @Test
    void indexIsCompleteAlthoughItsBackfillIsLost() {
        SimulatedNode node = new SimulatedNode(new Random(1));
        node.open();
        TestOwner owner = node.owner();
        ContainerDescriptor people = Containers.people(5);
        List<List<Object>> rows = new ArrayList<>();
        for (long id = 0; id < 50; id++) {
            rows.add(List.of(id, "n" + id, 0.5));
        }
        Operation.PutRows put = new Operation.PutRows(
                5, 1, Containers.rows(people, rows), RowKeys.ofRows(people, Containers.rows(people, rows)));
        IndexDescriptor index = Containers.index(900, true, State.WRITE_ONLY, KeyColumn.ascending(1));
        ContainerDescriptor indexed =
                people.change().indexes(List.of(people.indexes().get(0), index)).build();
        node.write(owner, 0, new Operation.DefineContainer(people), put);
        node.write(owner, 0, new Operation.DefineContainer(indexed));
        node.write(owner, 0, new Operation.SetIndexState(5, 900, State.BACKFILL));
        node.backfill(0, indexed, 900);
        node.write(owner, 0, new Operation.SetIndexState(5, 900, State.PUBLIC));

        node.loseAllOfData();

        node.open();
        assertEquals(List.of(), node.store().partition(0).verify());
    }
}
