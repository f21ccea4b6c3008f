package io.trellisdb.sql;

import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.planning.RowEstimates;
import io.trellisdb.sql.session.QueryServices;
import java.util.OptionalLong;

/** Row counts that this node's partitions know; unknown when another node owns one of them. */
final class StoredRowEstimates implements RowEstimates {
    private final QueryServices services;

    StoredRowEstimates(QueryServices services) {
        this.services = services;
    }

    @Override
    public OptionalLong rows(long containerId) {
        return services.catalog()
                .findContainer(containerId)
                .map(container -> {
                    try {
                        if (container.partitioning() instanceof Partitioning.Whole whole) {
                            return OptionalLong.of(
                                    services.reader(whole.partition()).estimateRows(containerId));
                        }
                        long rows = 0;
                        int partitions = services.partitionTable().partitionCount();
                        for (int partition = 0; partition < partitions; partition++) {
                            rows += services.reader(partition).estimateRows(containerId);
                        }
                        return OptionalLong.of(rows);
                    } catch (TrellisException e) {
                        // an estimate is a hint: a partition that is elsewhere only makes it unknown
                        return OptionalLong.empty();
                    }
                })
                .orElse(OptionalLong.empty());
    }
}
