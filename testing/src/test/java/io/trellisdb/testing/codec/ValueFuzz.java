package io.trellisdb.testing.codec;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.DataTypeCodec;
import io.trellisdb.common.codec.ValueCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type and a value of it. */
public final class ValueFuzz {
    private static final Harmless HARMLESS = Harmless.failingWith(
                    ErrorCode.DATA_CORRUPTED, ErrorCode.INVALID_UTF8, ErrorCode.STRING_TOO_LONG)
            .allocating(256L * 1024 * 1024, 256);

    private ValueFuzz() {}

    private record Typed(DataType type, @Nullable Object value) {}

    public static void fuzzerTestOneInput(byte[] data) {
        HARMLESS.decode(data, () -> decode(data))
                .ifPresent(typed -> Harmless.requireStable(typed, ValueFuzz::encode, ValueFuzz::decode));
    }

    private static Typed decode(byte[] data) {
        ByteReader in = ByteReader.ofStored(data);
        DataType type = DataTypeCodec.decode(in);
        return new Typed(type, ValueCodec.decode(in, type));
    }

    private static byte[] encode(Typed typed) {
        ByteWriter out = new ByteWriter();
        DataTypeCodec.encode(out, typed.type());
        ValueCodec.encode(out, typed.type(), typed.value());
        return out.toByteArray();
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Map.Entry<DataType, List<Object>> values : Samples.values().entrySet()) {
            values.getValue().forEach(value -> seeds.add(encode(new Typed(values.getKey(), value))));
            seeds.add(encode(new Typed(DataType.array(values.getKey()), values.getValue())));
        }
        return seeds;
    }
}
