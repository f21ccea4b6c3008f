package io.trellisdb.storage.table;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.Batch;
import java.util.List;

/** The aggregates of one group's columns. Confined to one thread. */
final class AggregateGroup {
    private final ColumnAggregate[] aggregates;
    private long rows;

    AggregateGroup(Shape shape, List<Integer> columnIds) {
        aggregates = new ColumnAggregate[columnIds.size()];
        for (int i = 0; i < aggregates.length; i++) {
            aggregates[i] = ColumnAggregate.of(RowDecoder.typeOf(shape.descriptor(), columnIds.get(i)));
        }
    }

    /** A group with its series key and bucket. */
    record Keyed(byte[] series, long bucket, AggregateGroup group) {}

    long rows() {
        return rows;
    }

    ColumnAggregate aggregate(int place) {
        return aggregates[place];
    }

    /** Adds rows whose first columns are the group's. */
    void add(Batch batch, int from, int to) {
        rows += to - from;
        for (int i = 0; i < aggregates.length; i++) {
            aggregates[i].add(batch.column(i), from, to);
        }
    }
}
