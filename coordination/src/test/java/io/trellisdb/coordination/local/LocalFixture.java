package io.trellisdb.coordination.local;

import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.EventQueue;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.testing.ManualClock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Lone nodes with countable ids. */
final class LocalFixture {
    private final AtomicLong ids = new AtomicLong();
    private final ManualClock clock = new ManualClock();

    CoordinationService create(@Nullable Vfs directory, EventQueue listeners) {
        return new LocalProvider()
                .create(
                        Map.of(),
                        new CoordinationEnvironment(
                                directory,
                                new HostPort("127.0.0.1", 20020),
                                Map.of("sql", new HostPort("127.0.0.1", 20001)),
                                clock,
                                clock,
                                () -> new UUID(0, ids.incrementAndGet()),
                                listeners));
    }

    CoordinationService start(@Nullable Vfs directory, EventQueue listeners) {
        CoordinationService service = create(directory, listeners);
        service.start();
        return service;
    }
}
