package io.trellisdb.coordination;

import java.time.Instant;
import java.util.Map;

/**
 * A member of the cluster as its registry has it.
 *
 * @param number names the node in the partition table, from 1; kept over incarnations
 * @param coordination where its part of the replication group listens
 * @param services where it serves what, by name
 * @param zone names what fails together with it; may be empty
 * @param since when it came into this state
 */
public record Member(
        NodeId id,
        int number,
        HostPort coordination,
        Map<String, HostPort> services,
        String zone,
        MemberRole role,
        MemberState state,
        Instant since) {
    public Member {
        services = Map.copyOf(services);
        if (number < 1) {
            throw new IllegalArgumentException("number of a node must be positive: " + number);
        }
    }

    /** Whether the member belongs to the cluster, in whatever state of joining or leaving. */
    public boolean isPresent() {
        return state != MemberState.REMOVED;
    }

    /** Whether its vote counts, or will as soon as it has caught up. */
    public boolean isVoting() {
        return role == MemberRole.VOTER
                && (state == MemberState.ACTIVE || state == MemberState.UNSTABLE || state == MemberState.LEAVING);
    }

    public Member in(MemberState newState, Instant now) {
        return new Member(id, number, coordination, services, zone, role, newState, now);
    }

    public Member at(HostPort newCoordination, Map<String, HostPort> newServices) {
        return new Member(id, number, newCoordination, newServices, zone, role, state, since);
    }

    public Member as(MemberRole newRole, MemberState newState, Instant now) {
        return new Member(id, number, coordination, services, zone, newRole, newState, now);
    }
}
