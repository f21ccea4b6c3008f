package io.trellisdb.storage.engine;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsLock;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.memory.MemoryNodeStore;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/** Opens stores. */
public final class Stores {
    private static final String LOCK = "LOCK";

    private Stores() {}

    /**
     * Opens or creates a store on disk; when it returns, everything in its journal is applied.
     *
     * @throws TrellisException OBJECT_IN_USE when the directory is open elsewhere, DATA_CORRUPTED when files are damaged
     *     (see {@link StoreOptions#forced}), INVALID_CONFIGURATION when they are of another format or partition count
     */
    public static NodeStore open(StoreOptions options, NanoClock clock) {
        SecureRandom random = new SecureRandom();
        return open(options, DiskVfs.open(options.directory()), new JeDirectory(options), clock, random::nextLong);
    }

    /** A store that lives as long as its process. */
    public static NodeStore inMemory(int partitionCount) {
        return new MemoryNodeStore(partitionCount);
    }

    static NodeStore open(
            StoreOptions options, Vfs vfs, KeyspaceOpener keyspaces, NanoClock clock, LongSupplier random) {
        JournaledStore store = openIdle(options, vfs, keyspaces, clock, random);
        store.start();
        return store;
    }

    /** Without a thread that flushes the journal: a simulation does that itself. */
    static JournaledStore openIdle(
            StoreOptions options, Vfs vfs, KeyspaceOpener keyspaces, NanoClock clock, LongSupplier random) {
        VfsLock lock = vfs.tryLock(LOCK)
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.OBJECT_IN_USE, "directory is in use by another process: " + options.directory()));
        try {
            StoreOpening.Opened opened = new StoreOpening(options, vfs, keyspaces, clock, random).open();
            return new JournaledStore(options, vfs, lock, opened, clock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }
}
