package io.trellisdb.replication.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a lock, who waits, who is wounded. Statement 1 is the oldest. */
final class LockTableTest {
    private static final LockKey ROW = LockKey.row(1, new byte[] {1});
    private static final LockKey OTHER_ROW = LockKey.row(1, new byte[] {2});
    private static final LockKey TABLE = LockKey.container(1);

    private final LockTable table = new LockTable();
    private final List<String> heard = new ArrayList<>();

    private final class Statement implements LockOwner.Listener {
        private final long order;
        private final LockOwner owner;
        private boolean sealed;

        Statement(long order) {
            this.order = order;
            this.owner = new LockOwner(order, this);
        }

        boolean locks(LockKey key) {
            return table.acquire(owner, key, LockMode.EXCLUSIVE);
        }

        boolean shares(LockKey key) {
            return table.acquire(owner, key, LockMode.SHARED);
        }

        @Override
        public boolean wound() {
            if (!sealed) {
                heard.add("wounded " + order);
            }
            return !sealed;
        }

        @Override
        public void granted() {
            heard.add("granted " + order);
        }
    }

    private final Statement first = new Statement(1);
    private final Statement second = new Statement(2);
    private final Statement third = new Statement(3);

    @Test
    void youngerStatementWaitsAndIsGrantedTheLockOnRelease() {
        assertTrue(first.locks(ROW));
        assertFalse(second.locks(ROW));

        table.release(first.owner);

        assertEquals(List.of("granted 2"), heard);
        assertTrue(second.locks(ROW));
    }

    @Test
    void olderStatementWoundsAYoungerHolder() {
        assertTrue(second.locks(ROW));
        assertTrue(second.locks(OTHER_ROW));
        assertTrue(first.locks(ROW));

        assertEquals(List.of("wounded 2"), heard);
        assertTrue(third.locks(OTHER_ROW), "the victim gave up everything");
    }

    @Test
    void olderStatementWaitsForASealedOne() {
        second.sealed = true;
        assertTrue(second.locks(ROW));
        assertFalse(first.locks(ROW));

        table.release(second.owner);

        assertEquals(List.of("granted 1"), heard);
    }

    @Test
    void olderWaiterGoesBeforeAYoungerOneThatCameFirst() {
        Statement holder = new Statement(0);
        assertTrue(holder.locks(ROW));
        assertFalse(third.locks(ROW));
        assertFalse(second.locks(ROW));

        table.release(holder.owner);

        assertEquals(List.of("granted 2"), heard);
    }

    @Test
    void woundedWaiterLeavesTheQueueOfAnotherLock() {
        assertTrue(second.locks(ROW));
        assertTrue(third.locks(OTHER_ROW));
        assertFalse(third.locks(ROW));
        assertTrue(first.locks(OTHER_ROW));
        table.release(second.owner);

        assertEquals(List.of("wounded 3"), heard);
    }

    @Test
    void manyShareAContainerAndOneExcludesThem() {
        assertTrue(first.shares(TABLE));
        assertTrue(second.shares(TABLE));
        assertFalse(third.locks(TABLE));

        table.release(first.owner);
        assertEquals(List.of(), heard);
        table.release(second.owner);

        assertEquals(List.of("granted 3"), heard);
    }

    @Test
    void exclusiveWaiterIsNotOvertakenByYoungerSharers() {
        Statement fourth = new Statement(4);
        assertTrue(first.shares(TABLE));
        assertFalse(second.locks(TABLE));
        assertFalse(third.shares(TABLE));
        assertFalse(fourth.shares(TABLE));

        table.release(first.owner);
        table.release(second.owner);

        assertEquals(List.of("granted 2", "granted 3", "granted 4"), heard);
    }

    @Test
    void olderSharerOvertakesAYoungerExclusiveWaiter() {
        // Else it would wait for a younger one, and a circle could close.
        assertTrue(first.shares(TABLE));
        assertFalse(third.locks(TABLE));
        assertTrue(second.shares(TABLE));
    }

    @Test
    void sharedLockBecomesExclusiveWhenOthersAreWounded() {
        assertTrue(first.shares(TABLE));
        assertTrue(second.shares(TABLE));
        assertTrue(third.shares(TABLE));
        assertTrue(first.locks(TABLE));

        assertEquals(List.of("wounded 2", "wounded 3"), heard);
        assertFalse(second.shares(TABLE));
    }

    @Test
    void lockThatIsHeldIsGivenAgain() {
        assertTrue(first.locks(ROW));
        assertTrue(first.locks(ROW));
        assertTrue(first.shares(ROW));
        assertEquals(1, first.owner.heldCount());
    }

    @Test
    void freedTableIsEmpty() {
        first.locks(ROW);
        second.locks(ROW);
        second.sealed = true;
        table.release(first.owner);
        table.release(second.owner);

        assertEquals(0, table.size());
    }

    @Test
    void waitingStatementMustNotAskAgain() {
        first.locks(ROW);
        second.locks(ROW);

        assertThrows(IllegalStateException.class, () -> second.locks(OTHER_ROW));
    }
}
