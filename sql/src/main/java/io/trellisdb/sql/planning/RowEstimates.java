package io.trellisdb.sql.planning;

import java.util.OptionalLong;

/** About how many rows a container has, as far as it is known without asking other nodes. Safe for all threads. */
@FunctionalInterface
public interface RowEstimates {
    RowEstimates NONE = containerId -> OptionalLong.empty();

    OptionalLong rows(long containerId);
}
