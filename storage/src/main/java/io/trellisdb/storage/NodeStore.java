package io.trellisdb.storage;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.List;

/**
 * All partitions of one node in one directory. Opening replays the journal: when it returns, every durable entry is applied.
 *
 * <p>Threads: {@link #apply} is called by the writer threads, each for its own partitions; the rest is safe everywhere.
 */
public interface NodeStore extends AutoCloseable {
    int partitionCount();

    PartitionStore partition(int partition);

    Journal journal();

    /**
     * Applies committed entries, of one or several partitions of one writer thread, in one round: in LSN order per
     * partition, all or none. A failure is final: this store must be closed and opened again.
     */
    void apply(List<JournalEntry> entries);

    /**
     * Adds existing rows to a BACKFILL index, starting behind {@code after} (empty array: from the beginning); called on the
     * writer thread in small steps between rounds.
     *
     * @return where to go on, or an empty array when all rows are in the index
     * @throws io.trellisdb.common.error.TrellisException UNIQUE_VIOLATION naming the duplicate key
     */
    byte[] backfill(int partition, ContainerDescriptor container, long indexId, byte[] after, int maxRows);

    /**
     * Refuses when nothing new should be appended: DISK_FULL below the free-disk watermark, INSUFFICIENT_RESOURCES while the
     * journal is behind, IO_ERROR after a failure. Cheap; to be asked before a statement is decided.
     */
    void requireWritable();

    /**
     * Does some work that waits in the background, beside all other work: removes about so many keys of containers that were
     * dropped or truncated, and seals windows of time series that are too old or too large.
     *
     * @return how many were removed; fewer than asked for when nothing is left
     */
    default int sweep(int maxKeys) {
        return 0;
    }

    /** Makes applied state durable apart from the journal and cuts the journal's whole segments that are not needed. */
    void checkpoint();

    /**
     * A checkpoint after which nothing is left in windows and the journal is empty, and that gives back disk space: takes as
     * long as it takes. Beside writers, what they change meanwhile stays where it is.
     */
    default void compact() {
        checkpoint();
    }

    /**
     * Begins to copy a partition while entries are applied to it.
     *
     * @param chunkBytes the size of a chunk, about
     * @param holdBytes the size of the journal beyond which the image's {@linkplain PartitionImage#hold hold} lapses
     * @throws io.trellisdb.common.error.TrellisException NOT_SUPPORTED for a store that keeps no journal
     */
    default PartitionImage openImage(int partition, int chunkBytes, long holdBytes) {
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "images need a store on disk");
    }

    /**
     * Begins to replace a partition by an image, or goes on with the same image. What the partition held is removed and
     * {@link #partition} is another object from here on, so nobody may use it or apply entries to it before the image is
     * finished.
     *
     * @throws io.trellisdb.common.error.TrellisException NOT_SUPPORTED for a store that keeps no journal
     */
    default ImageInstallation installImage(ImageHead head) {
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "images need a store on disk");
    }

    /** Stops cleanly: a checkpoint that leaves nothing to be replayed, then everything is released. */
    @Override
    void close();
}
