package io.trellisdb.coordination.metadata;

import io.trellisdb.coordination.MetadataRecord;
import java.util.List;
import java.util.function.Supplier;

/** Where commits go before they are applied. Confined to one thread at a time. */
public interface CommitLog extends AutoCloseable {
    /**
     * Makes an entry durable.
     *
     * @throws io.trellisdb.common.error.TrellisException when it is not there; or, when {@link #isFailed} says so afterwards,
     *     it may be there
     */
    void append(LogEntry entry);

    /** Replaces what the log holds by an image if it has become long. Call it after the last append has been applied. */
    void compactIfLong(long revision, long epoch, Supplier<List<MetadataRecord>> records);

    /** Whether the log has failed for good. */
    boolean isFailed();

    @Override
    void close();

    /** A log that forgets everything, for nodes without a directory. */
    static CommitLog none() {
        return new CommitLog() {
            @Override
            public void append(LogEntry entry) {}

            @Override
            public void compactIfLong(long revision, long epoch, Supplier<List<MetadataRecord>> records) {}

            @Override
            public boolean isFailed() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
