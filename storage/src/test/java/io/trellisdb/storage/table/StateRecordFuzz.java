package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.Arrays;
import java.util.List;

/** What a partition keeps beside rows; the first byte chooses the kind of record. */
public final class StateRecordFuzz {
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(1024 * 1024, 1024);

    private StateRecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] record = Arrays.copyOfRange(data, 1, data.length);
        switch (data[0] & 3) {
            case 0 ->
                HARMLESS.decode(data, () -> ContainerRecord.decode(record))
                        .ifPresent(
                                each -> Harmless.requireStable(each, ContainerRecord::encode, ContainerRecord::decode));
            case 1 ->
                HARMLESS.decode(data, () -> SessionRecord.decode(record))
                        .ifPresent(each -> Harmless.requireStable(each, SessionRecord::encode, SessionRecord::decode));
            default ->
                HARMLESS.decode(data, () -> Position.decode(record))
                        .ifPresent(each -> Harmless.requireStable(each, Position::encode, Position::decode));
        }
    }

    private static byte[] prefixed(int kind, byte[] record) {
        byte[] seed = new byte[record.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(record, 0, seed, 1, record.length);
        return seed;
    }

    public static List<byte[]> seeds() {
        SessionRecord session = new SessionRecord();
        session.touch(77);
        session.add(5, StoredResult.ofCount(3));
        session.add(6, StoredResult.ofCount(-1));
        ContainerRecord container = new ContainerRecord(
                3, 4, 17, -5, List.of(new ContainerRecord.IndexRecord(9, 10, IndexDescriptor.State.PUBLIC)));
        return List.of(
                prefixed(0, container.encode()),
                prefixed(1, session.encode()),
                prefixed(2, new Position(1, 2, 3, 4, 1).encode()));
    }
}
