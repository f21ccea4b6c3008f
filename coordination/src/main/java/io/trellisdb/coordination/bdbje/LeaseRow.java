package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;

/**
 * What a leader writes again and again: that it is there, and up to where commits are acknowledged.
 *
 * @param epoch the number of its epoch, which a majority has acknowledged
 * @param committed the last revision that a majority has acknowledged
 * @param renewals counts the writes of this reign
 */
record LeaseRow(long epoch, long committed, long renewals) {
    private static final int VERSION = 1;

    byte[] encode() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeLong(epoch);
        writer.writeLong(committed);
        writer.writeLong(renewals);
        return writer.toByteArray();
    }

    static LeaseRow decode(byte[] bytes) {
        ByteReader reader = ByteReader.ofStored(bytes);
        int version = reader.readUnsignedByte();
        if (version != VERSION) {
            throw reader.failure("lease row has an unknown version: " + version);
        }
        LeaseRow row = new LeaseRow(reader.readLong(), reader.readLong(), reader.readLong());
        reader.expectEnd();
        return row;
    }
}
