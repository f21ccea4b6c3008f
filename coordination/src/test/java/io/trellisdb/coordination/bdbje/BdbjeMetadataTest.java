package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.EventQueue;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.MetadataStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a group of one. */
final class BdbjeMetadataTest extends MetadataStoreContract {
    @TempDir
    Path directory;

    private final HostPort address = Ports.free();

    @Override
    protected CoordinationService open(EventQueue listeners) {
        CoordinationService service = new BdbjeProvider()
                .create(TestSettings.QUICK, TestSettings.environment(DiskVfs.open(directory), address, listeners));
        service.start();
        return service;
    }

    @Override
    protected boolean isDurable() {
        return true;
    }
}
