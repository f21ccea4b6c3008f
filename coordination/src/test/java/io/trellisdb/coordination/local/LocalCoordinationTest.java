package io.trellisdb.coordination.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.EventQueue;
import io.trellisdb.coordination.HealthReport;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.NodeRole;
import io.trellisdb.coordination.RecordingRoleListener;
import io.trellisdb.testing.vfs.Fault;
import io.trellisdb.testing.vfs.FaultPlan;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A lone node: master at once, never twice under one epoch, and honest when its disk fails. */
final class LocalCoordinationTest {
    private final MemoryVfs directory = new MemoryVfs();
    private final LocalFixture fixture = new LocalFixture();
    private final EventQueue events = new EventQueue();

    @Test
    void startedNodeIsItsOwnMaster() {
        CoordinationService service = fixture.start(directory, events);

        assertEquals(NodeRole.LEADER, service.role());
        assertEquals(service.self(), service.leader().orElseThrow().epoch().leader());
        assertEquals(
                new HostPort("127.0.0.1", 20001),
                service.awaitLeader(Duration.ZERO).services().get("sql"));
        assertTrue(service.guard().isValid());
        assertTrue(service.health().isOk());
    }

    @Test
    void nodeThatHasNotStartedIsNobody() {
        CoordinationService service = fixture.create(directory, events);

        assertTrue(service.leader().isEmpty());
        assertThrows(CoordinationException.class, service::guard);
        assertThrows(CoordinationException.class, service::metadata);
        assertEquals(HealthReport.Cause.NOT_STARTED, service.health().cause());
    }

    @Test
    void epochRisesAlsoAfterACrash() {
        long first = fixture.start(directory, events).guard().epoch().number();
        directory.crash(1);
        long second = fixture.start(directory, events).guard().epoch().number();

        assertEquals(first + 1, second);
    }

    @Test
    void failedForceLeavesTheOutcomeUnknownAndEndsTheMastership() {
        List<String> heard = new ArrayList<>();
        CoordinationService service = fixture.create(directory, events);
        service.addListener(new RecordingRoleListener(heard));
        service.start();
        Epoch epoch = service.guard().epoch();
        directory.setFaults(FaultPlan.once(FaultPlan.Operation.FORCE, 1, Fault.IO_ERROR));

        CommitOutcome outcome = service.metadata()
                .commit(epoch, MetadataCommit.builder().put("a", new byte[1]).build());
        events.runAll();

        assertInstanceOf(CommitOutcome.Unknown.class, outcome);
        assertEquals(NodeRole.FAILED, service.role());
        assertEquals(HealthReport.Cause.STORAGE_FAILED, service.health().cause());
        assertEquals(List.of("activate 1", "leader 1", "fatal STORAGE_FAILED"), heard);
        assertFalse(service.metadata().find("a").isPresent());
        service.close();
    }

    @Test
    void unknownSettingIsRefused() {
        TrellisException refusal =
                assertThrows(TrellisException.class, () -> new LocalProvider().create(Map.of("speed", "9"), null));

        assertTrue(refusal.getMessage().contains("speed"));
    }
}
