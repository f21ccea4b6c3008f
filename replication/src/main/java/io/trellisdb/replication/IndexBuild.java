package io.trellisdb.replication;

import io.trellisdb.common.error.TrellisException;

/** How building an index over all partitions ended. */
public sealed interface IndexBuild {
    /** Every partition has it; the catalog may call it PUBLIC. */
    record Public() implements IndexBuild {}

    /** A duplicate was found; the partitions keep it as FAILED and the catalog should say so. */
    record Failed(TrellisException reason) implements IndexBuild {}
}
