package io.trellisdb.coordination.bdbje;

import static org.awaitility.Awaitility.await;

import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Voters of one group in this process, on loopback. Confined to the test's thread. */
final class Nodes implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path directory;
    private final Map<String, String> settings;
    private final List<HostPort> addresses;
    private final ClusterId cluster = new ClusterId(UUID.randomUUID());
    private final List<BdbjeCoordination> services = new ArrayList<>();
    private final List<ExecutorService> listeners = new ArrayList<>();

    Nodes(Path directory, int count, Map<String, String> settings) {
        this.directory = directory;
        this.settings = settings;
        this.addresses = Ports.free(count);
        for (int i = 0; i < count; i++) {
            services.add(null);
        }
    }

    /** Starts all, the first one first. */
    Nodes startAll() {
        for (int i = 0; i < addresses.size(); i++) {
            start(i);
        }
        return this;
    }

    BdbjeCoordination start(int index) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        listeners.add(executor);
        DiskVfs vfs = DiskVfs.open(directory.resolve("node" + index));
        BdbjeCoordination service = new BdbjeCoordination(
                SettingsReader.read(settings),
                TestSettings.environment(vfs, addresses.get(index), executor),
                vfs,
                Optional.empty());
        services.set(index, service);
        service.start(() -> place(index));
        return service;
    }

    GroupPlace place(int index) {
        NodeId self = new NodeId(new UUID(7, index + 1L), 1);
        return new GroupPlace(self, cluster, addresses.get(index), true, Set.of(addresses.get(0)));
    }

    Path directoryOf(int index) {
        return directory.resolve("node" + index);
    }

    BdbjeCoordination get(int index) {
        return services.get(index);
    }

    int size() {
        return addresses.size();
    }

    /** The only leader, as soon as there is one. */
    int awaitLeader() {
        await().atMost(PATIENCE).until(() -> leaders().size() == 1);
        return leaders().get(0);
    }

    List<Integer> leaders() {
        List<Integer> leaders = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            if (services.get(i) != null && services.get(i).role() == NodeRole.LEADER) {
                leaders.add(i);
            }
        }
        return leaders;
    }

    void close(int index) {
        services.get(index).close();
        services.set(index, null);
    }

    @Override
    public void close() {
        for (BdbjeCoordination service : services) {
            if (service != null) {
                service.close();
            }
        }
        listeners.forEach(ExecutorService::shutdown);
    }
}
