package io.trellisdb.coordination;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every provider's metadata do, on a node that is master. */
public abstract class MetadataStoreContract {
    private final EventQueue events = new EventQueue();
    private CoordinationService service;
    private MetadataStore store;
    private Epoch epoch;

    /** A started service that becomes master; it may be asked for more than once in one test. */
    protected abstract CoordinationService open(EventQueue listeners);

    /** Whether metadata survive closing. */
    protected abstract boolean isDurable();

    @BeforeEach
    void open() {
        service = open(events);
        store = service.metadata();
        epoch = service.guard().epoch();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void recordsAreReadAsTheyWereWritten() {
        long revision = applied(MetadataCommit.builder().put("catalog/7", bytes("seven")));

        MetadataRecord found = store.find("catalog/7").orElseThrow();
        assertArrayEquals(bytes("seven"), found.value());
        assertEquals(revision, found.revision());
        assertEquals(revision, store.revision());
        assertTrue(store.find("catalog/8").isEmpty());
    }

    @Test
    void conditionsOfACommitAreCheckedAllTogether() {
        long first = applied(MetadataCommit.builder().put("a", bytes("1")).put("b", bytes("1")));
        long second = applied(MetadataCommit.builder().put("b", bytes("2")));

        CommitOutcome outcome = store.commit(
                epoch,
                MetadataCommit.builder()
                        .expect("a", first)
                        .expect("b", first)
                        .put("a", bytes("3"))
                        .build());

        CommitOutcome.Conflict conflict = assertInstanceOf(CommitOutcome.Conflict.class, outcome);
        assertEquals("b", conflict.condition().key());
        assertEquals(second, conflict.actualRevision());
        assertEquals(first, store.find("a").orElseThrow().revision());
    }

    @Test
    void absenceIsACondition() {
        applied(MetadataCommit.builder().expectAbsent("a").put("a", bytes("1")));

        CommitOutcome again = store.commit(
                epoch,
                MetadataCommit.builder().expectAbsent("a").put("a", bytes("2")).build());

        assertInstanceOf(CommitOutcome.Conflict.class, again);
    }

    @Test
    void deletedRecordIsAbsent() {
        long revision = applied(MetadataCommit.builder().put("a", bytes("1")));
        applied(MetadataCommit.builder().expect("a", revision).delete("a"));

        assertTrue(store.find("a").isEmpty());
        applied(MetadataCommit.builder().expectAbsent("a").put("a", bytes("2")));
    }

    @Test
    void imageHasExactlyThePrefixInKeyOrder() {
        applied(MetadataCommit.builder()
                .put("p/2", bytes("2"))
                .put("q/1", bytes("q"))
                .put("p/1", bytes("1"))
                .put("p", bytes("p")));

        MetadataImage image = store.image("p/");

        assertEquals(
                List.of("p/1", "p/2"),
                image.records().stream().map(MetadataRecord::key).toList());
        assertEquals(store.revision(), image.revision());
    }

    @Test
    void commitInTheNameOfAnotherEpochIsRefused() {
        Epoch other = new Epoch(epoch.number() + 1, epoch.leader(), epoch.nonce());
        Epoch imposter = new Epoch(epoch.number(), epoch.leader(), new UUID(1, 2));

        for (Epoch wrong : List.of(other, imposter)) {
            CommitOutcome outcome = store.commit(
                    wrong, MetadataCommit.builder().put("a", bytes("1")).build());
            assertEquals(
                    CommitOutcome.Refused.Reason.WRONG_EPOCH,
                    assertInstanceOf(CommitOutcome.Refused.class, outcome).reason());
        }
        assertTrue(store.find("a").isEmpty());
    }

    @Test
    void tooLongValuesAndKeysAreRefused() {
        CommitOutcome value = store.commit(
                epoch,
                MetadataCommit.builder()
                        .put("a", new byte[MetadataCommit.MAX_VALUE_BYTES + 1])
                        .build());
        CommitOutcome key = store.commit(
                epoch,
                MetadataCommit.builder()
                        .put("a".repeat(MetadataCommit.MAX_KEY_BYTES + 1), bytes("1"))
                        .build());

        for (CommitOutcome outcome : List.of(value, key)) {
            assertEquals(
                    CommitOutcome.Refused.Reason.TOO_LARGE,
                    assertInstanceOf(CommitOutcome.Refused.class, outcome).reason());
        }
    }

    @Test
    void keyCannotBeChangedTwiceInOneCommit() {
        assertThrows(
                IllegalArgumentException.class,
                () -> MetadataCommit.builder().put("a", bytes("1")).delete("a").build());
    }

    @Test
    void commitWithoutChangesOnlyChecks() {
        long revision = applied(MetadataCommit.builder().put("a", bytes("1")));

        assertEquals(revision, applied(MetadataCommit.builder().expect("a", revision)));
        assertInstanceOf(
                CommitOutcome.Conflict.class,
                store.commit(epoch, MetadataCommit.builder().expectAbsent("a").build()));
    }

    @Test
    void newWatcherHearsAnImageAndThenEveryChange() {
        applied(MetadataCommit.builder().put("p/1", bytes("1")));
        List<MetadataEvent> heard = new ArrayList<>();
        Registration watch = store.watch("p/", 0, heard::add);
        applied(MetadataCommit.builder().put("p/2", bytes("2")).put("q", bytes("q")));
        applied(MetadataCommit.builder().put("q", bytes("q2")));
        applied(MetadataCommit.builder().delete("p/1"));
        events.runAll();
        watch.close();
        applied(MetadataCommit.builder().put("p/3", bytes("3")));
        events.runAll();

        assertEquals(List.of("p/2"), keysAtEnd(heard));
        for (int i = 1; i < heard.size(); i++) {
            assertTrue(heard.get(i - 1).revision() < heard.get(i).revision());
        }
    }

    @Test
    void watcherThatKnowsARevisionHearsOnlyWhatCameAfter() {
        long known = applied(MetadataCommit.builder().put("p/1", bytes("1")));
        long later = applied(MetadataCommit.builder().put("p/2", bytes("2")));
        List<MetadataEvent> heard = new ArrayList<>();
        Registration watch = store.watch("p/", known, heard::add);
        assertTrue(heard.isEmpty());
        events.runAll();
        watch.close();

        assertEquals(
                List.of(new MetadataEvent.Changes(later, List.of(new MetadataChange.Put("p/2", bytes("2"))))), heard);
    }

    @Test
    void watcherThatFellBehindHearsAnImageInsteadOfWhatItMissed() {
        List<MetadataEvent> heard = new ArrayList<>();
        Registration watch = store.watch("p/", store.revision(), heard::add);
        for (int i = 0; i < 1_500; i++) {
            applied(MetadataCommit.builder().put("p/" + i % 3, bytes("" + i)));
        }
        events.runAll();
        applied(MetadataCommit.builder().delete("p/0"));
        events.runAll();
        watch.close();

        assertEquals(List.of("p/1", "p/2"), keysAtEnd(heard));
        assertTrue(heard.size() < 1_500);
    }

    @Test
    void watcherFromALongForgottenRevisionHearsAnImage() {
        long old = applied(MetadataCommit.builder().put("p/1", bytes("1")));
        for (int i = 0; i < 1_100; i++) {
            applied(MetadataCommit.builder().put("q", bytes("" + i)));
        }
        List<MetadataEvent> heard = new ArrayList<>();
        Registration watch = store.watch("p/", old, heard::add);
        assertTrue(heard.isEmpty());
        events.runAll();
        watch.close();

        assertInstanceOf(MetadataEvent.Image.class, heard.get(0));
    }

    @Test
    void failingWatcherDoesNotDisturbOthers() {
        List<MetadataEvent> heard = new ArrayList<>();
        Registration bad = store.watch("", store.revision(), event -> {
            throw new IllegalStateException("listener is broken");
        });
        Registration good = store.watch("", store.revision(), heard::add);
        applied(MetadataCommit.builder().put("a", bytes("1")));
        events.runAll();

        assertEquals(1, heard.size());
        bad.close();
        good.close();
    }

    @Test
    void concurrentCompareAndSetLosesNoIncrement() throws Exception {
        applied(MetadataCommit.builder().put("counter", bytes("0")));
        int threads = 4;
        int each = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            done.add(pool.submit(() -> {
                start.await();
                for (int k = 0; k < each; k++) {
                    increment();
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : done) {
            one.get();
        }
        pool.shutdown();

        assertEquals(threads * each, counter());
    }

    @Test
    void everyOpeningIsANewEpoch() {
        service.close();
        open();

        assertEquals(isDurable() ? 2 : 1, epoch.number());
    }

    @Test
    void closedServiceRefusesCommitsAndHasNoGuard() {
        LeadershipGuard guard = service.guard();
        service.close();

        CommitOutcome outcome = store.commit(
                epoch, MetadataCommit.builder().put("a", bytes("1")).build());
        assertEquals(
                CommitOutcome.Refused.Reason.NOT_LEADER,
                assertInstanceOf(CommitOutcome.Refused.class, outcome).reason());
        assertThrows(CoordinationException.class, guard::check);
        assertThrows(CoordinationException.class, service::guard);
        assertTrue(guard.lost().toCompletableFuture().isDone());
    }

    @Test
    void metadataSurviveClosingWhereTheyAreDurable() {
        long revision = applied(MetadataCommit.builder().put("a", bytes("1")));
        ClusterId cluster = service.cluster();
        NodeId self = service.self();
        service.close();
        open();

        assertEquals(
                isDurable() ? revision : 0,
                store.find("a").map(MetadataRecord::revision).orElse(0L));
        assertEquals(isDurable(), cluster.equals(service.cluster()));
        assertEquals(isDurable(), self.equals(service.self()));
    }

    @Test
    void listenersHearOfMastershipInOrder() {
        List<String> heard = new ArrayList<>();
        Registration listening = service.addListener(new RecordingRoleListener(heard));
        events.runAll();
        service.close();
        events.runAll();
        listening.close();

        long number = epoch.number();
        assertEquals(List.of("activate " + number, "leader " + number, "demote " + number + " STOPPING"), heard);
    }

    private void increment() {
        while (true) {
            MetadataRecord before = store.find("counter").orElseThrow();
            int next = 1 + Integer.parseInt(new String(before.value(), StandardCharsets.UTF_8));
            CommitOutcome outcome = store.commit(
                    epoch,
                    MetadataCommit.builder()
                            .expect(before)
                            .put("counter", bytes("" + next))
                            .build());
            if (outcome instanceof CommitOutcome.Applied) {
                return;
            }
            assertInstanceOf(CommitOutcome.Conflict.class, outcome);
        }
    }

    private int counter() {
        return Integer.parseInt(new String(store.find("counter").orElseThrow().value(), StandardCharsets.UTF_8));
    }

    /** The keys that a watcher knows after these events. */
    private static List<String> keysAtEnd(List<MetadataEvent> heard) {
        List<String> keys = new ArrayList<>();
        for (MetadataEvent event : heard) {
            if (event instanceof MetadataEvent.Image image) {
                keys.clear();
                image.image().records().forEach(each -> keys.add(each.key()));
            } else if (event instanceof MetadataEvent.Changes changes) {
                for (MetadataChange change : changes.changes()) {
                    keys.remove(change.key());
                    if (change instanceof MetadataChange.Put) {
                        keys.add(change.key());
                    }
                }
            }
        }
        return keys.stream().sorted().toList();
    }

    private long applied(MetadataCommit.Builder commit) {
        return assertInstanceOf(CommitOutcome.Applied.class, store.commit(epoch, commit.build()))
                .revision();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
