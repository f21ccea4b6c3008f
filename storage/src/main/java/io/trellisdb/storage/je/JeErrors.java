package io.trellisdb.storage.je;

import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.DiskLimitException;
import com.sleepycat.je.EnvironmentFailureException;
import com.sleepycat.je.EnvironmentLockedException;
import com.sleepycat.je.EnvironmentWedgedException;
import com.sleepycat.je.LockConflictException;
import com.sleepycat.je.LogWriteException;
import com.sleepycat.je.VersionMismatchException;
import com.sleepycat.je.dbi.EnvironmentFailureReason;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;

/** The door through which JE's exceptions leave. */
final class JeErrors {
    private JeErrors() {}

    static TrellisException translate(String action, RuntimeException e) {
        return e instanceof DatabaseException failure
                ? new TrellisException(code(failure), sentence(failure) + ": while " + action, failure)
                : new TrellisException(ErrorCode.INTERNAL, "store failed: while " + action, e);
    }

    private static ErrorCode code(DatabaseException e) {
        if (e instanceof DiskLimitException) {
            return ErrorCode.DISK_FULL;
        }
        if (e instanceof EnvironmentLockedException) {
            return ErrorCode.OBJECT_IN_USE;
        }
        if (e instanceof LogWriteException) {
            return ErrorCode.IO_ERROR;
        }
        if (e instanceof EnvironmentFailureException failure) {
            return environmentCode(failure);
        }
        return ErrorCode.INTERNAL;
    }

    private static ErrorCode environmentCode(EnvironmentFailureException e) {
        if (e.isCorrupted() || e instanceof VersionMismatchException) {
            return ErrorCode.DATA_CORRUPTED;
        }
        EnvironmentFailureReason reason = e.getReason();
        return switch (reason) {
            case LOG_CHECKSUM, LOG_INTEGRITY, LOG_FILE_NOT_FOUND, FOUND_COMMITTED_TXN, BTREE_CORRUPTION, LOG_READ ->
                ErrorCode.DATA_CORRUPTED;
            case LOG_WRITE, LOG_UNEXPECTED_FILE_DELETION -> ErrorCode.IO_ERROR;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static String sentence(DatabaseException e) {
        if (e instanceof DiskLimitException) {
            return "disk is full under the store's data";
        }
        if (e instanceof EnvironmentLockedException) {
            return "store's data is in use by another process";
        }
        if (e instanceof LockConflictException) {
            return "two rounds changed the same key";
        }
        if (e instanceof EnvironmentWedgedException) {
            return "store's data could not be closed";
        }
        return "store's data failed";
    }
}
