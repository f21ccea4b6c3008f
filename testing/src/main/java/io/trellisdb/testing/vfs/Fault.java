package io.trellisdb.testing.vfs;

/** How an operation on a simulated disk fails. */
public enum Fault {
    /** {@code IO_ERROR}, nothing is done; a failed force loses what was written since the last one for good. */
    IO_ERROR,
    /** {@code DISK_FULL}, nothing is done. */
    DISK_FULL,
    /** {@code DISK_FULL} after the first half of the bytes; for other operations than writes the same as DISK_FULL. */
    HALF_WRITTEN
}
