package io.trellisdb.replication;

import io.trellisdb.storage.Operation;
import java.util.List;

/** About how many bytes operations take in the journal. */
final class OperationSize {
    private static final long FIXED = 64;

    private OperationSize() {}

    static long of(List<Operation> operations) {
        long size = 0;
        for (Operation operation : operations) {
            size += of(operation);
        }
        return size;
    }

    private static long of(Operation operation) {
        if (operation instanceof Operation.PutRows put) {
            return FIXED + put.rows().sizeBytes() + bytes(put.rowKeys());
        }
        if (operation instanceof Operation.DeleteRows delete) {
            return FIXED + bytes(delete.rowKeys());
        }
        return FIXED;
    }

    private static long bytes(List<byte[]> keys) {
        long size = 0;
        for (byte[] key : keys) {
            size += key.length;
        }
        return size;
    }
}
