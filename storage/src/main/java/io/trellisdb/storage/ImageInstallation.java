package io.trellisdb.storage;

/**
 * An image on its way into a partition, which holds nothing meanwhile. Every chunk that was accepted stays, also over a stop of
 * the node: the same image can be gone on with. Confined to one thread at a time.
 */
public interface ImageInstallation {
    /** How far it is: the next chunk is to be the one behind. */
    ImagePosition position();

    /**
     * Takes the next chunk.
     *
     * @throws io.trellisdb.common.error.TrellisException DATA_CORRUPTED when it is damaged, of another image, or not the next
     */
    void accept(byte[] chunk);

    /**
     * Derives indexes and counts and shows the copy, in one step that is whole or absent after a crash. Entries that follow
     * {@link ImageHead#lsn} can be applied then; the copy must not be read before {@link PartitionStore#usableFromLsn} is.
     *
     * @throws io.trellisdb.common.error.TrellisException DATA_CORRUPTED when chunks are missing
     */
    void finish();
}
