package io.trellisdb.coordination.local;

import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.EventQueue;
import io.trellisdb.coordination.MetadataStoreContract;
import io.trellisdb.testing.vfs.MemoryVfs;

/** The contract on a lone node with a directory. */
final class DurableLocalMetadataTest extends MetadataStoreContract {
    private final MemoryVfs directory = new MemoryVfs();
    private final LocalFixture fixture = new LocalFixture();

    @Override
    protected CoordinationService open(EventQueue listeners) {
        return fixture.start(directory, listeners);
    }

    @Override
    protected boolean isDurable() {
        return true;
    }
}
