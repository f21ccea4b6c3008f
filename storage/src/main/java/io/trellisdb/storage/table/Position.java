package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;

/**
 * How far a partition has applied its log: the last entry's LSN, term, chain hash and commit timestamp, and from which LSN on
 * the log has rows of time series that are in no block.
 *
 * <pre>
 * 0 LSN (8)  8 term (8)  16 hash (8)  24 commit timestamp (8)  32 replay from (8)
 * </pre>
 */
record Position(long lsn, long term, long hash, long commitTimestamp, long replayFrom) {
    static final Position BEGINNING = new Position(0, 0, 0, 0, 1);

    Position replayedFrom(long newReplayFrom) {
        return new Position(lsn, term, hash, commitTimestamp, newReplayFrom);
    }

    /** Entries up to this one are not needed any more. */
    long coveredLsn() {
        return Math.min(lsn, replayFrom - 1);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(5 * Long.BYTES);
        out.writeLong(lsn);
        out.writeLong(term);
        out.writeLong(hash);
        out.writeLong(commitTimestamp);
        out.writeLong(replayFrom);
        return out.array();
    }

    static Position decode(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        Position position = new Position(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        in.expectEnd();
        if (position.replayFrom < 1 || position.replayFrom > position.lsn + 1) {
            throw in.failure("position is not valid: " + position.replayFrom + " after " + position.lsn);
        }
        return position;
    }
}
