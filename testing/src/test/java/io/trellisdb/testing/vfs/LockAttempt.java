package io.trellisdb.testing.vfs;

import io.trellisdb.common.vfs.DiskVfs;
import java.nio.file.Path;

/** Another process that tries to take the lock of a directory; its exit status says whether it could. */
final class LockAttempt {
    static final int TAKEN = 10;
    static final int REFUSED = 11;

    private LockAttempt() {}

    public static void main(String[] arguments) {
        boolean isTaken = DiskVfs.open(Path.of(arguments[0])).tryLock("LOCK").isPresent();
        Runtime.getRuntime().exit(isTaken ? TAKEN : REFUSED);
    }
}
