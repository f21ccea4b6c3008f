package io.trellisdb.storage.journal;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.Arrays;
import java.util.List;

/** Payloads of entries: results and operations. */
public final class EntryFuzz {
    /** Several batches, each of which may expand. */
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(6L * BatchCodec.MAX_EXPANSION, 2048);

    private EntryFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        HARMLESS.decode(data, () -> decode(data))
                .ifPresent(entry -> Harmless.requireStable(entry, EntryFuzz::encode, EntryFuzz::decode));
    }

    private static JournalEntry decode(byte[] payload) {
        byte[] header = new byte[FrameFormat.ENTRY_HEADER_LENGTH];
        header[6] = (byte) JournalEntry.Kind.OPERATIONS.code();
        return EntryCodec.decode(header, 0, ByteReader.ofStored(payload));
    }

    private static byte[] encode(JournalEntry entry) {
        EntryCodec.Encoded encoded = EntryCodec.encode(entry);
        return Arrays.copyOf(encoded.payload(), encoded.payloadLength());
    }

    /** One entry for each kind of operation, and one with all of them. */
    static List<JournalEntry> samples() {
        BatchBuilder builder = new BatchBuilder(List.of(DataType.BIGINT, DataType.TEXT), 3);
        builder.appendRow(21L, "a");
        builder.appendRow(22L, null);
        Batch rows = builder.build();
        List<Operation> operations = List.of(
                new Operation.PutRows(10, 1, rows, List.of(new byte[] {1, 2}, new byte[] {1, 3, 4})),
                new Operation.DeleteRows(10, List.of(new byte[] {1, 2}, new byte[] {1, 3})),
                new Operation.Truncate(10),
                new Operation.DropContainer(10),
                new Operation.SetIndexState(10, 11, IndexDescriptor.State.PUBLIC),
                new Operation.ReserveCounter(10, 0, 300),
                new Operation.RaiseFloor(10, -1));
        List<JournalEntry> entries = new java.util.ArrayList<>();
        operations.forEach(operation -> entries.add(entry(StoredResult.ofCount(1), List.of(operation))));
        entries.add(entry(new StoredResult(2, rows, List.of(1, 0)), operations));
        return entries;
    }

    private static JournalEntry entry(StoredResult result, List<Operation> operations) {
        return new JournalEntry(1, JournalEntry.Kind.OPERATIONS, 2, 3, 4, 5, new Token(6, 8, 7), result, operations);
    }

    public static List<byte[]> seeds() {
        return samples().stream().map(EntryFuzz::encode).toList();
    }
}
