package io.trellisdb.coordination.bdbje;

import static org.awaitility.Awaitility.await;

import io.trellisdb.coordination.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A group of voters in processes of their own. Every node has a hosts file of its own in which the others' names lead to
 * proxies, one for each direction of connecting, so that the test holds every link. Confined to the test's thread.
 */
final class Processes implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Map<String, String> settings;
    private final UUID cluster = UUID.randomUUID();
    private final List<HostPort> ports;
    private final List<VoterProcess> nodes = new ArrayList<>();
    private final Link[][] links;
    private final History history = new History();

    Processes(Path directory, int count, Map<String, String> settings) {
        this.directory = directory;
        this.settings = settings;
        this.ports = Ports.free(count);
        this.links = new Link[count][count];
        for (int from = 0; from < count; from++) {
            nodes.add(null);
            for (int to = 0; to < count; to++) {
                if (from != to) {
                    links[from][to] = link(from, to);
                }
            }
            writeHosts(from);
        }
    }

    Processes startAll() {
        for (int i = 0; i < ports.size(); i++) {
            start(i);
            if (i == 0) {
                awaitLeader();
            }
        }
        return this;
    }

    VoterProcess start(int index) {
        String addresses = ports.stream()
                .map(port -> "n" + ports.indexOf(port) + ":" + port.port())
                .collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(index), directory.resolve("node" + index).toString(), cluster.toString(), addresses));
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        VoterProcess node = VoterProcess.start(index, hosts(index), arguments, history);
        nodes.set(index, node);
        node.awaitLine("STARTED");
        return node;
    }

    VoterProcess get(int index) {
        return nodes.get(index);
    }

    int size() {
        return nodes.size();
    }

    History history() {
        return history;
    }

    Path directoryOf(int index) {
        return directory.resolve("node" + index);
    }

    /** The node that was last heard to lead, once it is one that lives. */
    int awaitLeader() {
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> leader() >= 0);
        return leader();
    }

    /** The first epoch beyond a known one that a node is heard to lead under. */
    long awaitEpochAfter(long epoch) {
        await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> history.highestEpoch() > epoch);
        return history.highestEpoch();
    }

    int leader() {
        int leader = history.leaderOfHighestEpoch();
        return leader >= 0 && nodes.get(leader) != null && nodes.get(leader).leads(history.highestEpoch())
                ? leader
                : -1;
    }

    void writeOn() {
        nodes.forEach(node -> node.tell("write on"));
    }

    void writeOff() {
        nodes.forEach(node -> node.tell("write off"));
    }

    /** Connections between two nodes, whoever makes them: bytes from the first to the second vanish. */
    void drop(int from, int to, boolean isCut) {
        boolean other = dropped[to][from];
        dropped[from][to] = isCut;
        links[from][to].cut(isCut, other);
        links[to][from].cut(other, isCut);
    }

    private final boolean[][] dropped = new boolean[8][8];

    void cut(int one, int other, boolean isCut) {
        drop(one, other, isCut);
        drop(other, one, isCut);
    }

    void isolate(int index, boolean isCut) {
        for (int other = 0; other < nodes.size(); other++) {
            if (other != index) {
                cut(index, other, isCut);
            }
        }
    }

    void delayAll(Duration oneWay) {
        for (Link[] row : links) {
            for (Link link : row) {
                if (link != null) {
                    link.delay(oneWay);
                }
            }
        }
    }

    /** Waits until all living nodes stand at one revision under one leader, and checks what the history promises. */
    void verify() {
        writeOff();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            List<String> states =
                    nodes.stream().map(node -> node.ask("state", "STATE")).toList();
            long leaders =
                    states.stream().filter(state -> state.startsWith("LEADER")).count();
            long views = states.stream()
                    .map(state -> state.substring(state.indexOf(' ')))
                    .distinct()
                    .count();
            return leaders == 1 && views == 1;
        });
        history.check(nodes.stream().map(node -> node.ask("dump", "DUMP")).toList());
    }

    @Override
    public void close() throws IOException {
        for (VoterProcess node : nodes) {
            if (node != null) {
                node.kill();
            }
        }
        for (Link[] row : links) {
            for (Link link : row) {
                if (link != null) {
                    link.close();
                }
            }
        }
    }

    private Link link(int from, int to) {
        try {
            InetAddress own = InetAddress.getByAddress(new byte[] {127, 1, (byte) (from + 1), (byte) (to + 1)});
            int port = ports.get(to).port();
            return Link.open(own, port, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String proxy(int from, int to) {
        return "127.1." + (from + 1) + "." + (to + 1);
    }

    private Path hosts(int index) {
        return directory.resolve("hosts" + index);
    }

    private void writeHosts(int index) {
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        for (int to = 0; to < ports.size(); to++) {
            lines.add((to == index ? "127.0.0.1" : proxy(index, to)) + " n" + to);
        }
        try {
            lines.add("127.0.0.1 " + InetAddress.getLocalHost().getHostName());
            Files.createDirectories(directory);
            Files.write(hosts(index), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
