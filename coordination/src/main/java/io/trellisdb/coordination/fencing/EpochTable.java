package io.trellisdb.coordination.fencing;

import java.util.Optional;

/** Where epochs are written; replicated, so that a majority holds what {@link Written#DONE} says. */
public interface EpochTable {
    /** What became of a write. */
    enum Written {
        /** Durable on a majority. */
        DONE,
        /** The epoch has a row already, which is untouched. */
        TAKEN,
        /** Nothing was written. */
        NOT_APPLIED,
        /** It may have been written, or may yet vanish. */
        UNKNOWN,
        /** This node may no longer write. */
        NOT_LEADER
    }

    /**
     * The row of the largest epoch, as this node has it.
     *
     * @throws io.trellisdb.common.error.TrellisException DATA_CORRUPTED
     */
    Optional<EpochRow> last();

    /** Adds a row; never overwrites. */
    Written add(EpochRow row);

    /** Writes the row again, if it is still the last one: else TAKEN. */
    Written confirm(EpochRow row);
}
