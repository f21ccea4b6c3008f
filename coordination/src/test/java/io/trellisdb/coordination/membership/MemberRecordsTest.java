package io.trellisdb.coordination.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.Member;
import io.trellisdb.coordination.MemberRole;
import io.trellisdb.coordination.MemberState;
import io.trellisdb.coordination.MembershipView;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.NodeId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MemberRecordsTest {
    private static final Instant SINCE = Instant.ofEpochMilli(1_234);

    @Test
    void membersSurviveEncoding() {
        Member member = member(3, MemberState.UNSTABLE);

        assertEquals(member, MemberRecords.decode(MemberRecords.encode(member)));
    }

    @Test
    void cutRecordsAreRefused() {
        byte[] whole = MemberRecords.encode(member(1, MemberState.ACTIVE));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(TrellisException.class, () -> MemberRecords.decode(cut));
        }
    }

    @Test
    void viewHasPresentMembersInTheOrderOfTheirNumbers() {
        List<MetadataRecord> records = List.of(
                record(member(2, MemberState.ACTIVE)),
                record(member(1, MemberState.LEARNING)),
                record(member(3, MemberState.REMOVED)));

        MembershipView view = MemberRecords.view(new MetadataImage(9, records));

        assertEquals(List.of(1, 2), view.members().stream().map(Member::number).toList());
        assertEquals(List.of(2), view.voters().stream().map(Member::number).toList());
    }

    private static MetadataRecord record(Member member) {
        return new MetadataRecord(MemberRecords.key(member.id()), 1, MemberRecords.encode(member));
    }

    private static Member member(int number, MemberState state) {
        return new Member(
                new NodeId(new UUID(5, number), 2),
                number,
                new HostPort("10.0.0." + number, 20_020),
                Map.of("sql", new HostPort("db" + number, 20_001), "node", new HostPort("db" + number, 20_010)),
                "north",
                MemberRole.VOTER,
                state,
                SINCE);
    }
}
