package io.trellisdb.coordination.fencing;

import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import java.nio.ByteBuffer;

/**
 * The highest epoch a node has seen, in the file {@code epoch.highest}: epoch u64 · CRC-32C u32. Any thread may call it;
 * guarded by itself.
 */
public final class HighestEpochFile implements Fencing.HighestEpoch {
    static final String FILE = "epoch.highest";
    private static final String NEW_FILE = "epoch.highest.new";
    private static final int LENGTH = 12;

    private final Vfs directory;
    private long highest;

    private HighestEpochFile(Vfs directory, long highest) {
        this.directory = directory;
        this.highest = highest;
    }

    /** Reads the file; 0 where there is none. DATA_CORRUPTED when it is not whole. */
    public static HighestEpochFile open(Vfs directory) {
        directory.delete(NEW_FILE);
        return new HighestEpochFile(directory, directory.exists(FILE) ? read(directory) : 0);
    }

    @Override
    public synchronized long read() {
        return highest;
    }

    @Override
    public synchronized void raise(long epoch) {
        if (epoch <= highest) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putLong(epoch);
        bytes.putInt(Crc32c.of(bytes.array(), 0, Long.BYTES));
        bytes.flip();
        directory.delete(NEW_FILE);
        try (VfsFile file = directory.create(NEW_FILE)) {
            file.write(bytes, 0);
            file.force();
        }
        directory.rename(NEW_FILE, FILE);
        directory.forceDirectory("");
        highest = epoch;
    }

    /** The epochs of the group have gone back below what this node has seen: acknowledged writes may be lost. */
    public static TrellisException contradiction(long found, long highest) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED,
                "epochs have gone back, acknowledged metadata may be lost: last epoch " + found
                        + ", this node has seen " + highest);
    }

    private static long read(Vfs directory) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH + 1);
        try (VfsFile file = directory.openReadOnly(FILE)) {
            int length = file.read(bytes, 0);
            if (length != LENGTH || bytes.getInt(Long.BYTES) != Crc32c.of(bytes.array(), 0, Long.BYTES)) {
                throw new TrellisException(ErrorCode.DATA_CORRUPTED, "file of the highest epoch is damaged: " + FILE);
            }
            return bytes.getLong(0);
        }
    }
}
