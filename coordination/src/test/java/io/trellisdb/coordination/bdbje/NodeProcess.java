package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.RoleListener;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A voter in a process of its own, driven by lines on its standard input:
 *
 * <pre>
 *   write on|off      commits unique records whenever it leads, and says what became of each
 *   transfer N        hands leadership to voter N
 *   dump              all its records
 *   state             role, epoch, revision
 *   close             closes and ends
 * </pre>
 */
public final class NodeProcess {
    private static final Duration PAUSE = Duration.ofMillis(3);

    private final int index;
    private final BdbjeCoordination service;
    private final PrintStream out;
    private volatile boolean isWriting;
    private volatile boolean isClosed;

    private NodeProcess(int index, BdbjeCoordination service, PrintStream out) {
        this.index = index;
        this.service = service;
        this.out = out;
    }

    /** Arguments: index, directory, cluster, addresses joined by commas, then settings as key=value. */
    public static void main(String[] args) throws IOException {
        int index = Integer.parseInt(args[0]);
        ClusterId cluster = new ClusterId(UUID.fromString(args[2]));
        String[] addresses = args[3].split(",");
        Map<String, String> settings = new HashMap<>(TestSettings.SAFE);
        for (int i = 4; i < args.length; i++) {
            settings.put(args[i].substring(0, args[i].indexOf('=')), args[i].substring(args[i].indexOf('=') + 1));
        }
        HostPort address = address(addresses[index]);
        DiskVfs vfs = DiskVfs.open(Path.of(args[1]));
        BdbjeCoordination service = new BdbjeCoordination(
                SettingsReader.read(settings),
                TestSettings.environment(vfs, address, Executors.newSingleThreadExecutor()),
                vfs,
                Optional.empty());
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        NodeProcess node = new NodeProcess(index, service, out);
        service.addListener(node.new Reporter());
        try {
            service.start(() -> new GroupPlace(id(index), cluster, address, true, Set.of(address(addresses[0]))));
        } catch (RuntimeException e) {
            out.println("REFUSED " + e.getMessage());
            Runtime.getRuntime().halt(3);
        }
        out.println("STARTED");
        Thread writer = new Thread(node::write);
        writer.setDaemon(true);
        writer.start();
        node.obey();
        Runtime.getRuntime().halt(0);
    }

    static NodeId id(int index) {
        return new NodeId(new UUID(7, index + 1L), 1);
    }

    private static HostPort address(String text) {
        int colon = text.lastIndexOf(':');
        return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        while (line != null && !isClosed) {
            obey(line.split(" "));
            line = isClosed ? null : in.readLine();
        }
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "write" -> {
                isWriting = words[1].equals("on");
                out.println("OK");
            }
            case "transfer" -> transfer(Integer.parseInt(words[1]));
            case "dump" -> dump();
            case "state" -> {
                Optional<LeaderInfo> leader = service.leader();
                out.println("STATE " + service.role() + " "
                        + leader.map(known -> known.epoch().number()).orElse(0L) + " "
                        + service.metadata().revision());
            }
            default -> {
                service.close();
                isClosed = true;
                out.println("CLOSED");
            }
        }
    }

    private void transfer(int target) {
        long start = System.nanoTime();
        try {
            LeaderInfo leader = service.transfer(id(target), Duration.ofSeconds(10), false);
            out.println("TRANSFERRED " + leader.epoch().number() + " " + (System.nanoTime() - start) / 1_000_000);
        } catch (CoordinationException e) {
            out.println("NOT_TRANSFERRED " + e.kind());
        }
    }

    private void dump() {
        StringJoiner all = new StringJoiner(" ");
        for (MetadataRecord record : service.metadata().image("w/").records()) {
            all.add(record.key() + "=" + new String(record.value(), StandardCharsets.UTF_8));
        }
        out.println("DUMP " + all);
    }

    /** Unique records, each in the name of the epoch that the guard gives. */
    private void write() {
        long sequence = 0;
        String life = UUID.randomUUID().toString().substring(0, 8);
        while (true) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (!isWriting) {
                continue;
            }
            Epoch epoch;
            try {
                epoch = service.guard().epoch();
            } catch (CoordinationException e) {
                continue;
            }
            sequence++;
            String key = "w/" + index + "-" + life + "-" + sequence;
            out.println("TRY " + key + " " + epoch.number());
            CommitOutcome outcome = service.metadata()
                    .commit(
                            epoch,
                            MetadataCommit.builder()
                                    .expectAbsent(key)
                                    .put(key, Long.toString(epoch.number()).getBytes(StandardCharsets.UTF_8))
                                    .build());
            out.println(outcome.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT) + " " + key + " "
                    + epoch.number());
        }
    }

    /** Says what the node says of itself. */
    private final class Reporter implements RoleListener {
        @Override
        public void onActivate(Epoch epoch) {
            out.println("LEADS " + epoch.number());
        }

        @Override
        public void onLeaderChanged(Optional<LeaderInfo> leader) {
            out.println("FOLLOWS " + leader.map(known -> known.epoch().number()).orElse(0L));
        }

        @Override
        public void onDemote(Epoch epoch, DemoteReason reason, Duration budget) {
            out.println("DEMOTED " + epoch.number() + " " + reason);
        }

        @Override
        public void onFatal(FatalReason reason, String explanation) {
            out.println("FATAL " + reason + " " + explanation);
        }
    }
}
