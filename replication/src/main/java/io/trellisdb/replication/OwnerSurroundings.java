package io.trellisdb.replication;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/**
 * What all writers of a node share.
 *
 * @param terms the term under which this node owns a partition
 * @param failures hears of whatever ends the node's acknowledgements; on any thread, perhaps several times
 */
record OwnerSurroundings(
        NodeStore store,
        Supplier<Catalog> catalog,
        IntToLongFunction terms,
        OwnerSettings settings,
        OwnerMetrics metrics,
        NanoClock clock,
        HybridClock hybridClock,
        Consumer<Throwable> failures) {}
