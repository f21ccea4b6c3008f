package io.trellisdb.coordination;

import java.time.Duration;
import java.util.Optional;

/** A node's part in its cluster's coordination. */
public interface CoordinationService extends AutoCloseable {
    /**
     * Opens the node's metadata and joins. Returns when a role is known or the start timeout is over; may be called once.
     *
     * @throws io.trellisdb.common.error.TrellisException DATA_CORRUPTED naming file and position, INVALID_CONFIGURATION when
     *     the directory belongs to something else or to another process, IO_ERROR, DISK_FULL
     */
    void start();

    NodeId self();

    /** Known once started. */
    ClusterId cluster();

    NodeRole role();

    /** The master as this node knows it; local and quick. */
    Optional<LeaderInfo> leader();

    /** Waits for a master to be known; LEADER_UNKNOWN when the time is over. */
    LeaderInfo awaitLeader(Duration timeout);

    /** The right to act as master; NOT_LEADER, with a hint, when this node is none. */
    LeadershipGuard guard();

    MetadataStore metadata();

    /** A listener added late hears the present state first. */
    Registration addListener(RoleListener listener);

    HealthReport health();

    /** Leaves in good order. May be called more than once. */
    @Override
    void close();
}
