package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.Cursor;
import com.sleepycat.je.CursorConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.Environment;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.OperationStatus;
import com.sleepycat.je.Transaction;
import io.trellisdb.coordination.fencing.EpochRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replicated databases of one opened environment. Any thread may use them while the environment is open. */
final class Tables {
    private static final byte[] LEASE_KEY = "lease".getBytes(StandardCharsets.US_ASCII);

    private final List<Database> databases;
    private final Database epochs;
    private final Database lease;
    private final PiecedTable log;
    private final PiecedTable images;

    private Tables(List<Database> databases) {
        this.databases = databases;
        this.epochs = databases.get(0);
        this.lease = databases.get(1);
        this.log = new PiecedTable(databases.get(2));
        this.images = new PiecedTable(databases.get(3));
    }

    /**
     * Opens the databases.
     *
     * @throws com.sleepycat.je.DatabaseNotFoundException when they are not there (yet) and must not be made
     */
    static Tables open(Environment environment, boolean mayCreate) {
        List<Database> opened = new ArrayList<>();
        DatabaseConfig config = new DatabaseConfig();
        config.setTransactional(true);
        config.setAllowCreate(mayCreate);
        try {
            for (String name : List.of("epoch", "lease", "log", "image")) {
                opened.add(environment.openDatabase(null, name, config));
            }
            return new Tables(opened);
        } catch (RuntimeException e) {
            opened.forEach(Tables::closeQuietly);
            throw e;
        }
    }

    void close() {
        databases.forEach(Tables::closeQuietly);
    }

    PiecedTable log() {
        return log;
    }

    PiecedTable images() {
        return images;
    }

    Optional<EpochRow> lastEpoch(@Nullable Transaction transaction) {
        DatabaseEntry key = new DatabaseEntry();
        DatabaseEntry data = new DatabaseEntry();
        CursorConfig config = transaction == null ? CursorConfig.READ_COMMITTED : CursorConfig.DEFAULT;
        try (Cursor cursor = epochs.openCursor(transaction, config)) {
            return cursor.getLast(key, data, null) == OperationStatus.SUCCESS
                    ? Optional.of(EpochRow.decode(ByteBuffer.wrap(key.getData()).getLong(), data.getData()))
                    : Optional.empty();
        }
    }

    /** False when the epoch has a row. */
    boolean addEpoch(Transaction transaction, EpochRow row) {
        return epochs.putNoOverwrite(transaction, epochKey(row), new DatabaseEntry(row.encode()))
                == OperationStatus.SUCCESS;
    }

    void replaceEpoch(Transaction transaction, EpochRow row) {
        epochs.put(transaction, epochKey(row), new DatabaseEntry(row.encode()));
    }

    Optional<LeaseRow> findLease() {
        DatabaseEntry data = new DatabaseEntry();
        OperationStatus found = lease.get(null, new DatabaseEntry(LEASE_KEY), data, LockMode.READ_COMMITTED);
        return found == OperationStatus.SUCCESS ? Optional.of(LeaseRow.decode(data.getData())) : Optional.empty();
    }

    void putLease(Transaction transaction, LeaseRow row) {
        lease.put(transaction, new DatabaseEntry(LEASE_KEY), new DatabaseEntry(row.encode()));
    }

    private static DatabaseEntry epochKey(EpochRow row) {
        return new DatabaseEntry(
                ByteBuffer.allocate(Long.BYTES).putLong(row.number()).array());
    }

    /** On a broken environment even closing throws; what matters is that the environment itself gets closed. */
    private static void closeQuietly(Database database) {
        try {
            database.close();
        } catch (DatabaseException | IllegalStateException e) {
            JeErrors.ignoreOnClose(e);
        }
    }
}
