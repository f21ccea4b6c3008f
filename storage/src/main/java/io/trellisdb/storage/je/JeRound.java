package io.trellisdb.storage.je;

import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.OperationResult;
import com.sleepycat.je.Put;
import com.sleepycat.je.Transaction;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.Round;
import org.jspecify.annotations.Nullable;

/** A round is a JE transaction without a sync. */
final class JeRound implements Round {
    private final Transaction transaction;
    private final DatabaseEntry keyEntry = new DatabaseEntry();
    private final DatabaseEntry valueEntry = new DatabaseEntry();
    private boolean isOpen = true;

    JeRound(Transaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public boolean put(Keyspace keyspace, byte[] key, byte[] value) {
        OperationResult result = write(keyspace, key, value, Put.OVERWRITE);
        return result != null && !result.isUpdate();
    }

    @Override
    public boolean insert(Keyspace keyspace, byte[] key, byte[] value) {
        return write(keyspace, key, value, Put.NO_OVERWRITE) != null;
    }

    private @Nullable OperationResult write(Keyspace keyspace, byte[] key, byte[] value, Put mode) {
        JeKeyspace target = (JeKeyspace) keyspace;
        try {
            keyEntry.setData(key);
            valueEntry.setData(value);
            return target.forWriting().put(transaction, keyEntry, valueEntry, mode, null);
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("writing to " + target.name(), e);
        }
    }

    @Override
    public boolean delete(Keyspace keyspace, byte[] key) {
        JeKeyspace target = (JeKeyspace) keyspace;
        try {
            keyEntry.setData(key);
            return target.forWriting().delete(transaction, keyEntry, null) != null;
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("deleting from " + target.name(), e);
        }
    }

    @Override
    public void commit() {
        try {
            transaction.commit();
            isOpen = false;
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("committing a round", e);
        }
    }

    @Override
    public void close() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        try {
            transaction.abort();
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("taking back a round", e);
        }
    }
}
