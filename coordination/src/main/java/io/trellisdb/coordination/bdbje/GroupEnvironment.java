package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.DatabaseNotFoundException;
import com.sleepycat.je.Durability;
import com.sleepycat.je.Transaction;
import com.sleepycat.je.TransactionConfig;
import com.sleepycat.je.rep.ReplicaWriteException;
import com.sleepycat.je.rep.ReplicatedEnvironment;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One opening of the replicated environment and its tables. Used by several threads between opening and closing, which is
 * what {@link EnvironmentGate} sees to.
 */
final class GroupEnvironment {
    private final ReplicatedEnvironment environment;
    private final GroupPlace place;
    private final long generation;
    private @Nullable Tables tables;

    /** @param generation counts the openings of this process */
    GroupEnvironment(ReplicatedEnvironment environment, GroupPlace place, long generation) {
        this.environment = environment;
        this.place = place;
        this.generation = generation;
    }

    ReplicatedEnvironment environment() {
        return environment;
    }

    GroupPlace place() {
        return place;
    }

    long generation() {
        return generation;
    }

    /** The tables; empty on a node to which they have not been replicated yet. */
    synchronized Optional<Tables> tables() {
        Tables known = tables;
        if (known == null) {
            try {
                known = Tables.open(environment, environment.getState() == ReplicatedEnvironment.State.MASTER);
            } catch (DatabaseNotFoundException | ReplicaWriteException e) {
                return Optional.empty();
            }
            tables = known;
        }
        return Optional.of(known);
    }

    /**
     * Runs a transaction. Never throws for what JE does: that is the fate.
     *
     * @param work whether to commit
     */
    WriteFate write(Durability durability, BiPredicate<Tables, Transaction> work) {
        Transaction transaction = null;
        boolean isCommitting = false;
        try {
            Optional<Tables> mine = tables();
            if (mine.isEmpty()) {
                return WriteFate.NOT_LEADER;
            }
            TransactionConfig config = new TransactionConfig();
            config.setDurability(durability);
            transaction = environment.beginTransaction(null, config);
            if (!work.test(mine.get(), transaction)) {
                transaction.abort();
                return WriteFate.ABORTED;
            }
            isCommitting = true;
            transaction.commit();
            return WriteFate.DONE;
        } catch (DatabaseException | IllegalStateException e) {
            abortQuietly(transaction);
            return JeErrors.fate(e, isCommitting);
        }
    }

    /** Closes tables and environment; what is broken already is passed over. */
    synchronized void close() {
        if (tables != null) {
            tables.close();
            tables = null;
        }
        try {
            environment.close();
        } catch (DatabaseException | IllegalStateException e) {
            JeErrors.ignoreOnClose(e);
        }
    }

    private static void abortQuietly(@Nullable Transaction transaction) {
        if (transaction == null) {
            return;
        }
        try {
            transaction.abort();
        } catch (DatabaseException | IllegalStateException e) {
            JeErrors.ignoreOnClose(e);
        }
    }
}
