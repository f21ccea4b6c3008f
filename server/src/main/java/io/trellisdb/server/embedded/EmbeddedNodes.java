package io.trellisdb.server.embedded;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.embedded.EmbeddedConnection;
import io.trellisdb.protocol.embedded.EmbeddedDoor;
import io.trellisdb.protocol.embedded.EmbeddedTarget;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.config.ServerSettings;
import io.trellisdb.server.node.TrellisNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The door to nodes of this process; {@link java.util.ServiceLoader} makes one for each who asks. */
public final class EmbeddedNodes implements EmbeddedDoor {
    private static final long PARTITIONS = 16;

    /** Shared by all doors, because a directory belongs to the process and not to whoever loaded a door. */
    private static final ConcurrentMap<EmbeddedTarget, Running> RUNNING = new ConcurrentHashMap<>();

    /** A target's node and how many connections it has. */
    private static final class Running {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable TrellisNode node;
        private int connections;
        private boolean stopped;
    }

    @Override
    public EmbeddedConnection open(EmbeddedTarget target, Map<String, String> settings) {
        ServerConfig config = ServerConfig.of(settings)
                .withDefault(ServerSettings.NODE_LISTEN, "")
                .withDefault(ServerSettings.HTTP_LISTEN, "")
                .withDefault(ServerSettings.CLUSTER_PARTITIONS, PARTITIONS);
        EmbeddedTarget real = real(target);
        while (true) {
            Running running = RUNNING.computeIfAbsent(real, key -> new Running());
            running.lock.lock();
            try {
                if (!running.stopped) {
                    return join(real, running, config);
                }
            } finally {
                running.lock.unlock();
            }
        }
    }

    private static EmbeddedTarget real(EmbeddedTarget target) {
        if (target instanceof EmbeddedTarget.InDirectory in) {
            try {
                Files.createDirectories(in.directory());
                return new EmbeddedTarget.InDirectory(in.directory().toRealPath());
            } catch (IOException e) {
                throw new TrellisException(
                        ErrorCode.CANNOT_CONNECT, "cannot open data directory: " + in.directory() + ", " + e, e);
            }
        }
        return target;
    }

    private static EmbeddedConnection join(EmbeddedTarget target, Running running, ServerConfig config) {
        TrellisNode node = running.node;
        if (node == null) {
            try {
                node = start(target, config);
            } catch (RuntimeException e) {
                leaveEmpty(target, running);
                throw e;
            }
            running.node = node;
        } else if (!node.isReady()) {
            throw new TrellisException(
                    ErrorCode.CANNOT_CONNECT, "node has failed: close all its connections and connect again");
        }
        running.connections++;
        return new EmbeddedClient(new FramePipe(node), () -> leave(target, running));
    }

    private static TrellisNode start(EmbeddedTarget target, ServerConfig config) {
        Path directory = target instanceof EmbeddedTarget.InDirectory in ? in.directory() : null;
        TrellisNode node = new TrellisNode(config, directory);
        try {
            node.start();
        } catch (TrellisException e) {
            if (e.code() == ErrorCode.OBJECT_IN_USE) {
                throw new TrellisException(ErrorCode.CANNOT_CONNECT, e.getMessage(), e);
            }
            throw e;
        }
        return node;
    }

    /** A connection is closed; the last one stops the node. */
    private static void leave(EmbeddedTarget target, Running running) {
        running.lock.lock();
        try {
            running.connections--;
            TrellisNode node = running.node;
            if (running.connections == 0 && node != null) {
                try {
                    node.close();
                } finally {
                    leaveEmpty(target, running);
                }
            }
        } finally {
            running.lock.unlock();
        }
    }

    private static void leaveEmpty(EmbeddedTarget target, Running running) {
        running.stopped = true;
        running.node = null;
        RUNNING.remove(target, running);
    }
}
