package io.trellisdb.testing.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.codec.KeyCodec.KeyPart;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Keys; the first byte chooses their columns. */
public final class KeyFuzz {
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(1024 * 1024, 64);
    private static final List<List<KeyPart>> KEYS = List.of(
            Samples.types().stream().map(KeyPart::ascending).toList(),
            Samples.types().stream().map(type -> new KeyPart(type, true)).toList(),
            List.of(KeyPart.ascending(DataType.TEXT), new KeyPart(DataType.timestamp(3), true)),
            List.of(new KeyPart(DataType.BLOB, true), KeyPart.ascending(DataType.REAL)),
            List.of(KeyPart.ascending(DataType.character(5)), new KeyPart(DataType.SMALLINT, true)));

    private KeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<KeyPart> parts = KEYS.get(data.length == 0 ? 0 : (data[0] & 0xFF) % KEYS.size());
        byte[] key = data.length == 0 ? data : Arrays.copyOfRange(data, 1, data.length);
        KeyCodec codec = new KeyCodec(parts);
        HARMLESS.decode(data, () -> decode(codec, key))
                .ifPresent(
                        row -> Harmless.requireStable(row, each -> encode(codec, each), bytes -> decode(codec, bytes)));
    }

    private static Batch decode(KeyCodec codec, byte[] key) {
        int count = codec.parts().size();
        BatchBuilder batch =
                new BatchBuilder(codec.parts().stream().map(KeyPart::type).toList(), 1);
        VectorBuilder[] builders = new VectorBuilder[count];
        Arrays.setAll(builders, batch::column);
        int end = codec.decode(key, 0, builders);
        if (end != codec.skip(key, 0, count)) {
            throw new AssertionError("key is read to another end than it is skipped: " + end);
        }
        return batch.build();
    }

    private static byte[] encode(KeyCodec codec, Batch row) {
        return codec.encode(row, IntStream.range(0, row.columnCount()).toArray(), 0);
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int choice = 0; choice < KEYS.size(); choice++) {
            KeyCodec codec = new KeyCodec(KEYS.get(choice));
            List<DataType> types = codec.parts().stream().map(KeyPart::type).toList();
            seeds.add(Samples.prefixed(choice, encode(codec, Samples.batch(types, 1, false))));
        }
        return seeds;
    }
}
