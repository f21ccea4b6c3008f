package io.trellisdb.storage.je;

import com.sleepycat.je.CursorConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.Get;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.ReadOptions;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import org.jspecify.annotations.Nullable;

/** A keyspace in a JE database that exists from its first write on; until then it is empty. */
final class JeKeyspace implements Keyspace {
    private static final ReadOptions LOCKLESS = new ReadOptions().setLockMode(LockMode.READ_UNCOMMITTED);

    private final JeKeyspaceStore store;
    private final String name;
    private volatile @Nullable Database database;

    JeKeyspace(JeKeyspaceStore store, String name) {
        this.store = store;
        this.name = name;
    }

    String name() {
        return name;
    }

    void open(boolean isCreated) {
        database = store.openDatabase(name, isCreated);
    }

    /** Created if need be; called by the keyspace's only writer. */
    Database forWriting() {
        Database existing = database;
        if (existing == null) {
            existing = store.openDatabase(name, true);
            database = existing;
        }
        return existing;
    }

    void close() {
        Database existing = database;
        if (existing != null) {
            existing.close();
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        Database existing = database;
        if (existing == null) {
            return null;
        }
        try {
            DatabaseEntry value = new DatabaseEntry();
            return existing.get(null, new DatabaseEntry(key), value, Get.SEARCH, LOCKLESS) == null
                    ? null
                    : value.getData();
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("reading " + name, e);
        }
    }

    @Override
    public boolean contains(byte[] key) {
        Database existing = database;
        if (existing == null) {
            return false;
        }
        try {
            return existing.get(null, new DatabaseEntry(key), null, Get.SEARCH, LOCKLESS) != null;
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("reading " + name, e);
        }
    }

    @Override
    public KeyCursor cursor() {
        return cursor(true);
    }

    @Override
    public KeyCursor keyCursor() {
        return cursor(false);
    }

    private KeyCursor cursor(boolean hasValues) {
        Database existing = database;
        if (existing == null) {
            return new NoEntries();
        }
        try {
            return new JeCursor(existing.openCursor(null, CursorConfig.READ_UNCOMMITTED), name, hasValues);
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("reading " + name, e);
        }
    }

    /** A cursor over a keyspace that was never written. */
    private static final class NoEntries implements KeyCursor {
        @Override
        public boolean seek(byte[] key) {
            return false;
        }

        @Override
        public boolean seekBelow(byte[] key) {
            return false;
        }

        @Override
        public boolean next() {
            return false;
        }

        @Override
        public boolean previous() {
            return false;
        }

        @Override
        public byte[] key() {
            throw new IllegalStateException("cursor stands nowhere");
        }

        @Override
        public byte[] value() {
            throw new IllegalStateException("cursor stands nowhere");
        }

        @Override
        public void close() {}
    }
}
