package io.trellisdb.coordination.local;

import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.EventQueue;
import io.trellisdb.coordination.MetadataStoreContract;

/** The contract on a lone node that keeps nothing. */
final class VolatileLocalMetadataTest extends MetadataStoreContract {
    private final LocalFixture fixture = new LocalFixture();

    @Override
    protected CoordinationService open(EventQueue listeners) {
        return fixture.start(null, listeners);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
