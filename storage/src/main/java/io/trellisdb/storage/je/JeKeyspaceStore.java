package io.trellisdb.storage.je;

import com.sleepycat.je.CheckpointConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.Environment;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The keyspaces of a node in one JE environment. */
public final class JeKeyspaceStore implements KeyspaceStore {
    private static final String MARKS = "marks";
    /** Calls of the cleaner in one compaction. */
    private static final int CLEANED_FILES_MAX = 1000;

    private final Environment environment;
    private final JeKeyspace[] keyspaces;
    private final JeKeyspace marks;

    private JeKeyspaceStore(Environment environment, int partitionCount) {
        this.environment = environment;
        this.keyspaces = new JeKeyspace[partitionCount * KeyspaceKind.count()];
        for (int partition = 0; partition < partitionCount; partition++) {
            for (KeyspaceKind kind : KeyspaceKind.values()) {
                keyspaces[index(kind, partition)] = new JeKeyspace(this, kind.label() + "-" + partition);
            }
        }
        this.marks = new JeKeyspace(this, MARKS);
    }

    /**
     * Opens the environment in a directory, or creates both.
     *
     * @param cacheBytes the heap that JE may use
     * @param freeDiskBytes below so much free space writes fail with DISK_FULL
     * @throws TrellisException DATA_CORRUPTED when the files are damaged, OBJECT_IN_USE when another process has them
     */
    public static JeKeyspaceStore open(Path directory, int partitionCount, long cacheBytes, long freeDiskBytes) {
        Environment environment = openEnvironment(directory, cacheBytes, freeDiskBytes);
        JeKeyspaceStore store = new JeKeyspaceStore(environment, partitionCount);
        try {
            store.openExisting();
            return store;
        } catch (RuntimeException e) {
            store.closeAfter(e);
            throw e;
        }
    }

    private static Environment openEnvironment(Path directory, long cacheBytes, long freeDiskBytes) {
        try {
            Files.createDirectories(directory);
            return new Environment(directory.toFile(), JeSettings.environment(cacheBytes, freeDiskBytes));
        } catch (IOException e) {
            throw new TrellisException(ErrorCode.IO_ERROR, "cannot create the store's directory: " + directory, e);
        } catch (DatabaseException | IllegalArgumentException e) {
            throw JeErrors.translate("opening " + directory, e);
        }
    }

    private void openExisting() {
        try {
            Set<String> names = new HashSet<>(environment.getDatabaseNames());
            for (JeKeyspace keyspace : keyspaces) {
                if (names.contains(keyspace.name())) {
                    keyspace.open(false);
                }
            }
            if (names.contains(MARKS)) {
                marks.open(false);
            }
        } catch (DatabaseException e) {
            throw JeErrors.translate("opening databases", e);
        }
    }

    private void closeAfter(RuntimeException cause) {
        try {
            close();
        } catch (TrellisException e) {
            cause.addSuppressed(e);
        }
    }

    private static int index(KeyspaceKind kind, int partition) {
        return partition * KeyspaceKind.count() + kind.code();
    }

    Database openDatabase(String name, boolean isCreated) {
        try {
            return environment.openDatabase(null, name, JeSettings.database(isCreated));
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("opening " + name, e);
        }
    }

    @Override
    public Keyspace keyspace(KeyspaceKind kind, int partition) {
        return keyspaces[index(kind, partition)];
    }

    @Override
    public Keyspace marks() {
        return marks;
    }

    @Override
    public Round begin() {
        try {
            return new JeRound(environment.beginTransaction(null, JeSettings.round()));
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("beginning a round", e);
        }
    }

    @Override
    public void flush() {
        try {
            environment.flushLog(true);
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("flushing", e);
        }
    }

    @Override
    public void compact() {
        try {
            CheckpointConfig always = new CheckpointConfig().setForce(true);
            environment.checkpoint(always);
            for (int i = 0; i < CLEANED_FILES_MAX && environment.cleanLog() > 0; i++) {
                // each call cleans some files
            }
            // only then are cleaned files deleted
            environment.checkpoint(always);
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("compacting", e);
        }
    }

    @Override
    public void close() {
        try {
            if (environment.isValid()) {
                for (JeKeyspace keyspace : keyspaces) {
                    keyspace.close();
                }
                marks.close();
            }
            environment.close();
        } catch (DatabaseException | IllegalStateException e) {
            throw JeErrors.translate("closing", e);
        }
    }
}
