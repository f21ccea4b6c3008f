package io.trellisdb.coordination;

import java.util.List;
import java.util.Optional;

/**
 * All members at one revision of the metadata, also those that are not connected.
 *
 * @param members by number and incarnation; without those that were removed
 */
public record MembershipView(long revision, List<Member> members) {
    public MembershipView {
        members = List.copyOf(members);
    }

    public Optional<Member> find(NodeId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** Members whose votes count. */
    public List<Member> voters() {
        return members.stream().filter(Member::isVoting).toList();
    }
}
