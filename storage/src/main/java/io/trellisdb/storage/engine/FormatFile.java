package io.trellisdb.storage.engine;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The file FORMAT at the root of a store: which version of Trellis' files this is, and for how many partitions. */
final class FormatFile {
    private static final String NAME = "FORMAT";
    private static final String NEW_NAME = "FORMAT.new";
    private static final String FIRST_LINE = "trellis-store 2";
    /** Of stores that kept a record for each row of a time series. */
    private static final String OLDER_LINE = "trellis-store 1";

    private static final int SIZE_MAX = 4096;

    private FormatFile() {}

    private static String content(int partitionCount) {
        return FIRST_LINE + "\npartitions " + partitionCount + "\n";
    }

    /** Writes the file into a new store, or checks that of an old one. */
    static void check(Vfs vfs, int partitionCount) {
        if (!vfs.exists(NAME)) {
            write(vfs, content(partitionCount));
            return;
        }
        String found = read(vfs);
        if (found.startsWith(OLDER_LINE + "\n")) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "directory was written by an older version that kept time series as single rows: " + OLDER_LINE
                            + ", expected " + FIRST_LINE);
        }
        if (!found.startsWith(FIRST_LINE + "\n")) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "directory was written in a format that this version does not know: "
                            + found.lines().findFirst().orElse("empty file"));
        }
        if (!found.equals(content(partitionCount))) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "directory was made for another number of partitions: "
                            + found.substring(FIRST_LINE.length()).strip() + ", not " + partitionCount);
        }
    }

    private static void write(Vfs vfs, String content) {
        vfs.delete(NEW_NAME);
        try (VfsFile file = vfs.create(NEW_NAME)) {
            file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
        vfs.rename(NEW_NAME, NAME);
        vfs.forceDirectory("");
    }

    private static String read(Vfs vfs) {
        try (VfsFile file = vfs.openReadOnly(NAME)) {
            byte[] bytes = new byte[(int) Math.min(file.size(), SIZE_MAX)];
            int count = file.read(ByteBuffer.wrap(bytes), 0);
            return new String(bytes, 0, count, StandardCharsets.UTF_8);
        }
    }
}
