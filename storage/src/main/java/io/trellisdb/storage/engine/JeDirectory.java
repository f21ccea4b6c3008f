package io.trellisdb.storage.engine;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.je.JeKeyspaceStore;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory {@code data} with its JE environment. */
final class JeDirectory implements KeyspaceOpener {
    private static final String NAME = "data";
    /** Damaged directories that are kept beside each other. */
    private static final int ASIDE_MAX = 1000;

    private final StoreOptions options;
    private final Path directory;

    JeDirectory(StoreOptions options) {
        this.options = options;
        this.directory = options.directory().resolve(NAME);
    }

    @Override
    public KeyspaceStore open() {
        return JeKeyspaceStore.open(
                directory, options.partitionCount(), options.cacheBytes(), options.minFreeBytes() / 4);
    }

    @Override
    public void putAside() {
        try {
            Files.move(directory, freeName());
        } catch (IOException e) {
            throw new TrellisException(ErrorCode.IO_ERROR, "cannot put damaged data aside: " + directory, e);
        }
    }

    private Path freeName() {
        for (int i = 1; i <= ASIDE_MAX; i++) {
            Path aside = directory.resolveSibling(NAME + ".damaged-" + i);
            if (!Files.exists(aside)) {
                return aside;
            }
        }
        throw new TrellisException(ErrorCode.IO_ERROR, "too many damaged directories are kept: " + directory);
    }
}
