package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;

/**
 * How far a partition has applied its log: the last entry's LSN, term, chain hash and commit timestamp.
 *
 * <pre>
 * 0 LSN (8)  8 term (8)  16 hash (8)  24 commit timestamp (8)
 * </pre>
 */
record Position(long lsn, long term, long hash, long commitTimestamp) {
    static final Position BEGINNING = new Position(0, 0, 0, 0);

    byte[] encode() {
        ByteWriter out = new ByteWriter(4 * Long.BYTES);
        out.writeLong(lsn);
        out.writeLong(term);
        out.writeLong(hash);
        out.writeLong(commitTimestamp);
        return out.array();
    }

    static Position decode(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        Position position = new Position(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        in.expectEnd();
        return position;
    }
}
