package io.trellisdb.server.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trellisdb.replication.OwnerCounters;
import io.trellisdb.replication.PartitionOwners;
import io.trellisdb.server.network.SqlListener;
import io.trellisdb.server.session.SessionMetrics;
import io.trellisdb.server.session.SessionRegistry;
import io.trellisdb.storage.NodeStore;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** A node's metrics, gathered when somebody looks. Each part is added when it has been opened. Safe for all threads. */
final class NodeMetrics implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The registry refers to what it asks only weakly. */
    private final List<DoubleSupplier> asked = new CopyOnWriteArrayList<>();

    NodeMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    void add(TrellisNode node) {
        gauge("trellis.ready", "1 while SQL is served", () -> node.isReady() ? 1 : 0);
        gauge(
                "trellis.failed",
                "1 when the node must be started again",
                () -> node.failure().isPresent() ? 1 : 0);
    }

    void add(SessionMetrics sessions) {
        counter("trellis.requests", "requests answered, failures included", sessions::statements);
        counter("trellis.request.failures", "requests that failed", sessions::failures);
        counter(
                "trellis.request.seconds",
                "time from a request's arrival to its answer, over all requests",
                () -> sessions.requestNanos() / NANOS);
        counter("trellis.statements.slow", "statements above query.slowStatement", sessions::slowStatements);
        counter("trellis.rows.sent", "rows of results", sessions::rowsSent);
        counter("trellis.logins.refused", "logins that were turned away", sessions::refusals);
    }

    void add(SessionRegistry sessions, StatementWorkers workers, AtomicLong queryPool) {
        gauge("trellis.sessions", "sessions that are open", sessions::size);
        gauge("trellis.statements.running", "statements that workers run", workers::running);
        gauge("trellis.statements.waiting", "requests that wait for a worker", workers::waiting);
        gauge("trellis.workers", "threads that statements may have", workers::threads);
        gauge("trellis.query.memory.free", "bytes of query.memoryPool that are free", queryPool::get);
    }

    void add(SqlListener listener) {
        gauge("trellis.connections", "connections, refused ones that are closing included", listener::connectionCount);
        gauge("trellis.receive.memory.free", "bytes for requests that are free", listener::freeReceiveBytes);
        gauge("trellis.send.memory.free", "bytes for answers that are free", listener::freeSendBytes);
    }

    void add(DiskWatch disk) {
        gauge("trellis.disk.free", "bytes that are free under the data directory", disk::freeBytes);
        gauge(
                "trellis.disk.low",
                "1 below storage.diskWarning, 2 below storage.diskReserve, where writes are refused",
                () -> disk.level().severity());
    }

    void add(NodeStore store, PartitionOwners owners) {
        gauge("trellis.journal.size", "bytes of the journal", () -> store.journal()
                .sizeBytes());
        gauge(
                "trellis.disk.failed",
                "1 after a failed write or flush",
                () -> store.journal().isFailed() ? 1 : 0);
        owner(owners, "trellis.writes", "changing statements accepted", OwnerCounters::statements);
        owner(owners, "trellis.writes.repeated", "answered from the store", OwnerCounters::repeated);
        owner(owners, "trellis.writes.joined", "joined a running request of the same token", OwnerCounters::joined);
        owner(owners, "trellis.writes.refused", "refused for too much under way", OwnerCounters::refused);
        owner(owners, "trellis.writes.failed", "ended without an entry", OwnerCounters::failed);
        owner(owners, "trellis.writes.wounded", "parts run again for an older statement", OwnerCounters::wounded);
        owner(owners, "trellis.lock.waits", "statement parts that waited for a lock", OwnerCounters::lockWaits);
        owner(owners, "trellis.lock.timeouts", "statements that waited too long", OwnerCounters::lockTimeouts);
        owner(owners, "trellis.journal.appends", "groups appended", OwnerCounters::appends);
        owner(owners, "trellis.journal.entries", "entries appended", OwnerCounters::entries);
        owner(owners, "trellis.apply.rounds", "rounds applied to the store", OwnerCounters::applyRounds);
        gauge("trellis.writes.running", "statement parts under way", () -> owners.counters()
                .underWay());
    }

    private void owner(PartitionOwners owners, String name, String description, ToDoubleFunction<OwnerCounters> value) {
        counter(name, description, () -> value.applyAsDouble(owners.counters()));
    }

    private void counter(String name, String description, DoubleSupplier value) {
        asked.add(value);
        FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, DoubleSupplier value) {
        asked.add(value);
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .register(registry);
    }

    /** All metrics in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    /** Trellis' own metrics as the page {@code docs/reference/metrics.md}. */
    String reference() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                This page is generated from a running node; a test compares them.

                `http://HOST:20080/metrics` (`http.listen`) shows them in the text format of Prometheus, together with those of the
                JVM (`jvm_…`) and the process (`process_…`, `system_…`).
                Times are in seconds, sizes in bytes.
                Counters begin at zero when the node starts.

                | metric | kind | meaning |
                |---|---|---|
                """);
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("trellis."))
                .sorted(Comparator.comparing(Meter.Id::getName))
                .forEach(id -> page.append(row(id)));
        return page.toString();
    }

    private static String row(Meter.Id id) {
        boolean isCounter = id.getType() == Meter.Type.COUNTER;
        String name = id.getName().replace('.', '_') + (isCounter ? "_total" : "");
        return "| `" + name + "` | " + (isCounter ? "counter" : "gauge") + " | " + id.getDescription() + " |\n";
    }

    @Override
    public void close() {
        registry.close();
    }
}
