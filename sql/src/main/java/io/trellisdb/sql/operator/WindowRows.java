package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.sql.aggregate.RowSort.RowOrder;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.WindowGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a window in their order: where partitions and groups of peers begin and end. Positions count sorted rows. */
final class WindowRows {
    private final ColumnVector[] inputs;
    private final int[] order;
    private final @Nullable ColumnVector[] sorted;
    private final int[] partitionEnds;
    private final int[] peerStarts;
    private final int[] peerEnds;
    /** The number of each row's group of peers within its partition, and where each group begins. */
    private final int[] peerNumbers;

    WindowRows(ColumnVector[] inputs, int[] order, WindowGroup group) {
        this.inputs = inputs;
        this.order = order;
        this.sorted = new ColumnVector[inputs.length];
        int count = order.length;
        this.partitionEnds = new int[count];
        this.peerStarts = new int[count];
        this.peerEnds = new int[count];
        this.peerNumbers = new int[count];
        List<SortKey> partitionKeys = new ArrayList<>();
        for (int column : group.partitionBy()) {
            partitionKeys.add(SortKey.ascending(column));
        }
        RowOrder byPartition = partitionKeys.isEmpty() ? (a, b) -> 0 : RowOrders.of(inputs, partitionKeys);
        RowOrder byOrder = group.orderBy().isEmpty() ? (a, b) -> 0 : RowOrders.of(inputs, group.orderBy());
        find(byPartition, byOrder);
    }

    private void find(RowOrder byPartition, RowOrder byOrder) {
        int count = order.length;
        int partition = 0;
        int peers = 0;
        for (int i = 1; i <= count; i++) {
            boolean newPartition = i == count || byPartition.compare(order[i - 1], order[i]) != 0;
            boolean newPeers = newPartition || byOrder.compare(order[i - 1], order[i]) != 0;
            if (newPeers) {
                int number = peers == partition ? 0 : peerNumbers[peers - 1] + 1;
                for (int k = peers; k < i; k++) {
                    peerStarts[k] = peers;
                    peerEnds[k] = i;
                    peerNumbers[k] = number;
                }
                peers = i;
            }
            if (newPartition) {
                for (int k = partition; k < i; k++) {
                    partitionEnds[k] = i;
                }
                partition = i;
            }
        }
    }

    int count() {
        return order.length;
    }

    int partitionEnd(int position) {
        return partitionEnds[position];
    }

    int peerStart(int position) {
        return peerStarts[position];
    }

    int peerEnd(int position) {
        return peerEnds[position];
    }

    int peerNumber(int position) {
        return peerNumbers[position];
    }

    /** An input column in sorted order. */
    ColumnVector column(int index) {
        ColumnVector column = sorted[index];
        if (column == null) {
            column = inputs[index].select(order, order.length);
            sorted[index] = column;
        }
        return column;
    }
}
