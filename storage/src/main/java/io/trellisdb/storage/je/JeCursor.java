package io.trellisdb.storage.je;

import com.sleepycat.je.Cursor;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.Get;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.ReadOptions;
import io.trellisdb.storage.keyspace.KeyCursor;

/** A READ_UNCOMMITTED cursor; confined to the thread that opened it. */
final class JeCursor implements KeyCursor {
    private static final ReadOptions LOCKLESS = new ReadOptions().setLockMode(LockMode.READ_UNCOMMITTED);

    private final Cursor cursor;
    private final String name;
    private final DatabaseEntry key = new DatabaseEntry();
    private final DatabaseEntry value = new DatabaseEntry();

    /** Without values their records are not even read. */
    JeCursor(Cursor cursor, String name, boolean hasValues) {
        this.cursor = cursor;
        this.name = name;
        if (!hasValues) {
            value.setPartial(0, 0, true);
        }
    }

    @Override
    public boolean seek(byte[] target) {
        key.setData(target);
        return move(Get.SEARCH_GTE);
    }

    @Override
    public boolean seekBelow(byte[] target) {
        key.setData(target);
        return move(Get.SEARCH_GTE) ? move(Get.PREV) : move(Get.LAST);
    }

    @Override
    public boolean next() {
        return move(Get.NEXT);
    }

    @Override
    public boolean previous() {
        return move(Get.PREV);
    }

    private boolean move(Get where) {
        try {
            return cursor.get(key, value, where, LOCKLESS) != null;
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("reading " + name, e);
        }
    }

    @Override
    public byte[] key() {
        return key.getData();
    }

    @Override
    public byte[] value() {
        return value.getData();
    }

    @Override
    public void close() {
        try {
            cursor.close();
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("closing a cursor of " + name, e);
        }
    }
}
