package io.trellisdb.common.vfs;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** The one place where the JDK's file exceptions become ours. */
final class DiskErrors {
    private DiskErrors() {}

    static TrellisException translate(String sentence, Path path, IOException e) {
        String reason = reason(e);
        return new TrellisException(
                isFull(reason) ? ErrorCode.DISK_FULL : ErrorCode.IO_ERROR, sentence + ": " + path + ": " + reason, e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "file exists";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** The JDK has no exception class for a full disk or an exhausted quota, only the system's words. */
    private static boolean isFull(String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        return words.contains("no space left")
                || words.contains("quota exceeded")
                || words.contains("not enough space");
    }
}
