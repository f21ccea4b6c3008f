package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;

/**
 * Where the log of a partition begins that was installed from an image.
 *
 * <pre>
 * 0 LSN (8)  8 journal position (8)  16 usable from LSN (8)
 * </pre>
 *
 * @param lsn the entry that the image ends with; the log goes on with the next one
 * @param journalPosition what the node's journal has of the partition below is of another history
 * @param usableFromLsn the entry that must be applied before the partition is read
 */
record LogBeginning(long lsn, long journalPosition, long usableFromLsn) {
    static final LogBeginning FIRST = new LogBeginning(0, 0, 0);

    byte[] encode() {
        ByteWriter out = new ByteWriter(3 * Long.BYTES);
        out.writeLong(lsn);
        out.writeLong(journalPosition);
        out.writeLong(usableFromLsn);
        return out.array();
    }

    static LogBeginning decode(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        LogBeginning beginning = new LogBeginning(in.readLong(), in.readLong(), in.readLong());
        in.expectEnd();
        return beginning;
    }
}
