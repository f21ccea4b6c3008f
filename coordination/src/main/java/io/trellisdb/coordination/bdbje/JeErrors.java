package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.DiskLimitException;
import com.sleepycat.je.LockConflictException;
import com.sleepycat.je.rep.DatabasePreemptedException;
import com.sleepycat.je.rep.InsufficientAcksException;
import com.sleepycat.je.rep.InsufficientReplicasException;
import com.sleepycat.je.rep.ReplicaWriteException;
import com.sleepycat.je.rep.UnknownMasterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door through which JE's exceptions leave as words of ours. */
final class JeErrors {
    private static final Logger LOG = LoggerFactory.getLogger(JeErrors.class);

    private JeErrors() {}

    /**
     * What a transaction's failure means for its writes.
     *
     * @param isCommitting whether commit had been called: from then on only what JE checks first is certainly not applied
     */
    static WriteFate fate(RuntimeException e, boolean isCommitting) {
        if (e instanceof InsufficientReplicasException) {
            return WriteFate.NO_QUORUM;
        }
        if (e instanceof InsufficientAcksException || isCommitting) {
            return WriteFate.UNKNOWN;
        }
        if (e instanceof ReplicaWriteException || e instanceof UnknownMasterException) {
            return WriteFate.NOT_LEADER;
        }
        if (e instanceof LockConflictException || e instanceof DatabasePreemptedException) {
            return WriteFate.CONTENDED;
        }
        return e instanceof DiskLimitException ? WriteFate.DISK_FULL : WriteFate.CLOSED;
    }

    /** Whether a read failed only for now, on an environment that goes on. */
    static boolean isPassing(RuntimeException e) {
        return e instanceof LockConflictException || e instanceof DatabasePreemptedException;
    }

    /** An environment that is broken fails once more when it is closed, which says nothing new. */
    static void ignoreOnClose(RuntimeException e) {
        LOG.debug("closing a broken environment failed: {}", e.toString());
    }
}
