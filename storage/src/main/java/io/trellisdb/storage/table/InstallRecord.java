package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.ImagePosition;

/**
 * An image that is being installed, and how far.
 *
 * <pre>
 * record := image id (8) · LSN (8) · term (8) · hash (8) · commit timestamp (8) · usable from LSN (8)
 *           · chunks (4) · kind (1) · length · after · digest (8) · 0 | 1 (complete) · 0 | 1 (emptied)
 * </pre>
 *
 * @param isEmptied whether nothing is left of what the partition held before
 */
record InstallRecord(ImageHead head, ImagePosition position, long usableFrom, boolean isEmptied) {
    byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeLong(head.imageId());
        out.writeLong(head.lsn());
        out.writeLong(head.term());
        out.writeLong(head.hash());
        out.writeLong(head.commitTimestamp());
        out.writeLong(usableFrom);
        out.writeInt(position.chunks());
        out.writeByte(position.kind());
        out.writeVarInt(position.after().length);
        out.writeBytes(position.after());
        out.writeLong(position.digest());
        out.writeBoolean(position.isComplete());
        out.writeBoolean(isEmptied);
        return out.toByteArray();
    }

    static InstallRecord decode(int partition, byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        ImageHead head =
                new ImageHead(partition, in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        long usableFrom = in.readLong();
        int chunks = in.readInt();
        int kind = in.readUnsignedByte();
        byte[] after = in.readBytes(in.readCount(1));
        ImagePosition position = new ImagePosition(chunks, kind, after, in.readLong(), in.readBoolean());
        boolean isEmptied = in.readBoolean();
        in.expectEnd();
        return new InstallRecord(head, position, usableFrom, isEmptied);
    }
}
