package io.trellisdb.storage.table;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.storage.AggregateCursor;
import java.util.List;

/** Groups that are known already. Confined to one thread. */
final class GroupCursor implements AggregateCursor {
    private final List<AggregateGroup.Keyed> groups;
    private int next;

    GroupCursor(List<AggregateGroup.Keyed> groups) {
        this.groups = groups;
    }

    private AggregateGroup.Keyed current() {
        return groups.get(next - 1);
    }

    @Override
    public boolean next() {
        if (next >= groups.size()) {
            return false;
        }
        next++;
        return true;
    }

    @Override
    public byte[] seriesKey() {
        return current().series();
    }

    @Override
    public long bucketStart() {
        return current().bucket();
    }

    @Override
    public long rows() {
        return current().group().rows();
    }

    @Override
    public ColumnAggregate aggregate(int place) {
        return current().group().aggregate(place);
    }

    @Override
    public void close() {
        next = groups.size();
    }
}
