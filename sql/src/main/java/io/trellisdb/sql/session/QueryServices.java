package io.trellisdb.sql.session;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the server hands to SQL: the catalog, the partitions, the owners, and the other sessions. */
public interface QueryServices {
    Catalog catalog();

    PartitionTable partitionTable();

    /** The reader of a partition that this node owns; NOT_OWNER when it does not. */
    PartitionReader reader(int partition);

    /** Hands a changing statement to the owners of its partitions. */
    CompletionStage<WriteResult> write(WriteStatement statement);

    /** Ends a changing statement that waits at an owner, unless it is on its way into the journal. Any thread may ask. */
    void cancel(Token token);

    /**
     * Takes {@code count} values of an identity column.
     *
     * @return the number of the first value taken, from 0: value k is {@code start + (first + k) * increment}
     */
    long reserveIdentity(long containerId, int columnId, int count);

    /**
     * Makes a change of the catalog and returns the image that has it, after every partition of this node follows it
     * (an index is complete, dropped rows are out of sight).
     *
     * @throws io.trellisdb.common.error.TrellisException when the object exists, is gone, or another change came between
     */
    Catalog change(CatalogChange change);

    /** All sessions of this node. */
    List<SessionInfo> sessions();

    /** Ends a session, or only its running statement; false when there is no such session. */
    boolean kill(long sessionId, boolean onlyStatement);

    /**
     * Compares all that a partition of this node holds with itself: indexes, blocks, counts and descriptors with rows.
     *
     * @return what does not fit together, in sentences; a bounded number of them
     */
    List<String> verify(int partition);

    /** The cluster's name: what JDBC calls the catalog. */
    String clusterName();

    WallClock wallClock();

    NanoClock nanoClock();
}
