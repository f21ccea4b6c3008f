package io.trellisdb.coordination.fencing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class HighestEpochFileTest {
    private final MemoryVfs directory = new MemoryVfs();

    @Test
    void highestEpochSurvivesACrashAndNeverFalls() {
        HighestEpochFile file = HighestEpochFile.open(directory);
        file.raise(4);
        file.raise(9);
        file.raise(2);
        directory.crash(1);

        assertEquals(9, HighestEpochFile.open(directory).read());
    }

    @Test
    void damagedFileIsRefused() {
        HighestEpochFile.open(directory).raise(4);
        try (VfsFile file = directory.open(HighestEpochFile.FILE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), 3);
        }

        assertThrows(TrellisException.class, () -> HighestEpochFile.open(directory));
    }
}
