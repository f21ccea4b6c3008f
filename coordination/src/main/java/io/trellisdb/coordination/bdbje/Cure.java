package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.EnvironmentFailureException;
import com.sleepycat.je.EnvironmentLockedException;
import com.sleepycat.je.LogWriteException;
import com.sleepycat.je.VersionMismatchException;
import com.sleepycat.je.dbi.EnvironmentFailureReason;
import com.sleepycat.je.rep.GroupShutdownException;
import com.sleepycat.je.rep.InsufficientLogException;
import com.sleepycat.je.rep.RollbackException;
import com.sleepycat.je.rep.RollbackProhibitedException;
import com.sleepycat.je.rep.UnknownMasterException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the supervisor does about an environment that did not open or broke. */
enum Cure {
    /** Close it and open it again, after a pause that grows. */
    REOPEN,
    /** Copy another node's environment over the old one, then open. */
    RESTORE,
    /** The log is damaged: come back empty, under a new incarnation. */
    HEAL,
    /** Wait longer: clocks differ by too much, or an older connection of this node has not ended. */
    WAIT,
    /** Another process has the directory. */
    LOCKED,
    /** Acknowledged commits would have to be rolled back: an operator decides. */
    LOST,
    /** The group knows this node no longer, or is not its group. */
    EXPELLED,
    /** The disk does not take writes. */
    BROKEN_DISK;

    private static final String VLSN_HOLE = "recoverytracker should overlap";

    static Cure of(RuntimeException e) {
        if (e instanceof InsufficientLogException) {
            return RESTORE;
        }
        if (e instanceof RollbackProhibitedException) {
            return LOST;
        }
        if (e instanceof RollbackException || e instanceof UnknownMasterException) {
            return REOPEN;
        }
        if (e instanceof EnvironmentLockedException) {
            return LOCKED;
        }
        if (e instanceof LogWriteException) {
            return BROKEN_DISK;
        }
        if (e instanceof GroupShutdownException) {
            return EXPELLED;
        }
        if (e instanceof VersionMismatchException) {
            return BROKEN_DISK;
        }
        return e instanceof EnvironmentFailureException failure ? ofFailure(failure) : REOPEN;
    }

    private static Cure ofFailure(EnvironmentFailureException e) {
        String message = lower(e.getMessage());
        if (e.isCorrupted() || message.contains(VLSN_HOLE)) {
            return HEAL;
        }
        EnvironmentFailureReason reason = e.getReason();
        return switch (reason) {
            case LOG_CHECKSUM,
                    LOG_INTEGRITY,
                    LOG_FILE_NOT_FOUND,
                    FOUND_COMMITTED_TXN,
                    BTREE_CORRUPTION,
                    LOG_UNEXPECTED_FILE_DELETION -> HEAL;
            case LOG_WRITE -> BROKEN_DISK;
            case HANDSHAKE_ERROR, PROTOCOL_VERSION_MISMATCH -> ofHandshake(message);
            default -> REOPEN;
        };
    }

    /** JE has one exception for every refusal; only its text tells them apart. */
    private static Cure ofHandshake(String message) {
        if (message.contains("clock") || message.contains("already active")) {
            return WAIT;
        }
        boolean isForeign = message.contains("uuid") || message.contains("removed") || message.contains("deleted");
        return isForeign ? EXPELLED : WAIT;
    }

    private static String lower(@Nullable String message) {
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
